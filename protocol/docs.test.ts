import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PROBLEM_STATUS } from '../server/transport/http/problem-status.ts';
import { callStateSchema, END_REASONS } from './calls/call.ts';
import { DATA_CHANNEL, peerMessageSchema } from './calls/data-channel.ts';
import { MEDIA_LINES } from './calls/description.ts';
import { ERROR_CODES } from './errors.ts';
import { CLIENT_EVENTS, SERVER_EVENTS } from './events.ts';
import { handshakeSchema } from './handshake.ts';
import { LIMITS, TIMES } from './limits.ts';
import { signalSchema } from './calls/signal.ts';
import { PROTOCOL_VERSION } from './version.ts';

const page = readFileSync(new URL('../docs/protocol.md', import.meta.url), 'utf8');

const objectSchema = z.object({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()).default([]),
});
const schemaSchema = z.union([objectSchema, z.object({ oneOf: z.array(objectSchema) })]);

/** Field names in the page's notation: `name`, or `name?` for a field that may be missing. */
const fieldsOf = (schema: z.ZodType): string[] => {
  const json = schemaSchema.parse(z.toJSONSchema(schema, { io: 'input' }));
  const parts = 'oneOf' in json ? json.oneOf : [json];
  const fields = parts.flatMap(({ properties, required }) =>
    Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`)),
  );
  return [...new Set(fields)];
};

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

/** The part of the page under a heading, up to the next heading of the same or a higher level. */
const under = (heading: string, level = 2): string => {
  const [, ...rest] = page.split(`\n${'#'.repeat(level)} ${heading}\n`);
  expect(rest, `one heading "${heading}"`).toHaveLength(1);
  return rest[0]?.split(new RegExp(`\n#{1,${String(level)}} `))[0] ?? '';
};

const lineOf = (text: string, start: string): string =>
  text.split('\n').find((line) => line.startsWith(start)) ?? `no line "${start}"`;

const section = (part: string, event: string): string => {
  const within = under(part);
  const [, after] = within.split(`\n### \`${event}\`\n`);
  return after?.split('\n### ')[0] ?? '';
};

const headingsIn = (part: string): string[] =>
  [...under(part).matchAll(/^### `(.+)`$/gm)].map((match) => match[1] ?? '');

const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

describe('docs/protocol.md', () => {
  it('names the version and the handshake', () => {
    expect(page).toContain(`now **${String(PROTOCOL_VERSION)}**`);
    expect(quoted(lineOf(page, 'Handshake:'))).toEqual(fieldsOf(handshakeSchema));
  });

  it('has every event, in either direction, and no other', () => {
    expect(headingsIn('What a phone sends')).toEqual(Object.keys(CLIENT_EVENTS));
    expect(headingsIn('What the server sends').sort()).toEqual(Object.keys(SERVER_EVENTS).sort());
  });

  it.each(Object.entries(CLIENT_EVENTS))(
    'describes what %s carries and is answered with',
    (event, schemas) => {
      const text = section('What a phone sends', event);
      expect(quoted(lineOf(text, 'Payload:'))).toEqual(fieldsOf(schemas.payload));
      const answer = lineOf(text, 'Answer:');
      // A call's state is described with the server's event of that name.
      const expected =
        event === 'call:resume' ? ['callId', 'v', 'state', 'call:state'] : fieldsOf(schemas.result);
      expect(quoted(answer)).toEqual(expected);
      if (expected.length === 0) expect(answer).toBe('Answer: nothing');
    },
  );

  it.each(Object.entries(SERVER_EVENTS))('describes what %s carries', (event, schema) => {
    const text = section('What the server sends', event);
    expect(quoted(lineOf(text, 'Payload:'))).toEqual(fieldsOf(schema));
  });

  it.each([
    ['Signal', 'kind', signalSchema.options],
    ['State', 'state', callStateSchema.options],
    ['Message', 'kind', peerMessageSchema.options],
  ])('describes each %s', (word, key, options) => {
    const described = page.split('\n').filter((line) => line.startsWith(`${word} \``));
    const lines = options.map((option) => {
      const { properties } = z
        .object({ properties: z.record(z.string(), z.object({ const: z.string().optional() })) })
        .parse(z.toJSONSchema(option, { io: 'input' }));
      return [properties[key]?.const, ...fieldsOf(option)];
    });
    expect(described.map(quoted)).toEqual(lines);
  });

  it('lists every reason, code and limit', () => {
    expect(rowsOf(under('Why a call ends')).map((row) => row[1])).toEqual([...END_REASONS]);
    const statuses: Readonly<Record<string, number>> = PROBLEM_STATUS;
    expect(rowsOf(under('Codes of refusals')).map((row) => [row[1], row[2]])).toEqual(
      ERROR_CODES.map((code) => [code, statuses[code] === undefined ? '' : String(statuses[code])]),
    );
    expect(rowsOf(under('Limits')).map((row) => [row[1], Number(row[2])])).toEqual([
      ...Object.entries(LIMITS),
      ...Object.entries(TIMES),
    ]);
  });

  it('names the shape of calls and the data channel', () => {
    const shape = MEDIA_LINES.map((kind) => `\`${kind}\``);
    expect(
      quoted(under('Session descriptions'))
        .slice(0, 4)
        .map((kind) => `\`${kind}\``),
    ).toEqual(shape);
    expect(page).toContain(`label \`${DATA_CHANNEL.label}\`, id ${String(DATA_CHANNEL.id)}`);
  });
});
