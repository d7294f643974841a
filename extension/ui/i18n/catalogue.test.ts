import { describe, expect, it } from 'vitest';
import en from '../../_locales/en/messages.json';
import zhCN from '../../_locales/zh_CN/messages.json';
import manifest from '../../../manifest.json';

interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}
type Catalogue = Record<string, Message>;

const catalogues: Record<string, Catalogue> = { en, zhCN };
const keys = Object.keys(en);

const sources = Object.values(
  import.meta.glob<string>(['../../**/*.ts', '../../**/*.svelte', '!../../**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).join('\n');
const everything = sources + JSON.stringify(manifest).replace(/__MSG_(\w+)__/g, "'$1'");

const placeholdersOf = ({ message }: Message): string[] =>
  Array.from(message.matchAll(/\$(\w+)\$/g), ([, name = '']) => name.toLowerCase()).sort();

describe('message catalogues', () => {
  it('have the same keys in the same order', () => {
    expect(Object.keys(zhCN)).toEqual(keys);
  });

  it('have the same placeholders', () => {
    const chinese: Catalogue = zhCN;
    for (const [key, message] of Object.entries<Message>(en)) {
      expect(chinese[key]?.placeholders, key).toEqual(message.placeholders);
    }
  });

  it('use exactly the placeholders that they declare', () => {
    for (const [locale, catalogue] of Object.entries(catalogues)) {
      for (const [key, message] of Object.entries(catalogue)) {
        expect(placeholdersOf(message), `${locale} ${key}`).toEqual(
          Object.keys(message.placeholders ?? {}).sort(),
        );
      }
    }
  });

  it('have at most one placeholder in each message, as `t` requires', () => {
    for (const [key, { placeholders = {} }] of Object.entries<Message>(en)) {
      expect(Object.values(placeholders).length, key).toBeLessThanOrEqual(1);
      for (const { content } of Object.values(placeholders)) expect(content, key).toBe('$1');
    }
  });

  it('leave no message empty', () => {
    for (const [locale, catalogue] of Object.entries(catalogues)) {
      for (const [key, { message }] of Object.entries(catalogue)) {
        expect(message.trim(), `${locale} ${key}`).not.toBe('');
      }
    }
  });

  it('contain no unused message', () => {
    expect(keys.filter((key) => !everything.includes(`'${key}'`))).toEqual([]);
  });

  it('contain every message that the code uses', () => {
    const asked = Array.from(sources.matchAll(/\b(?:t|message)\('(\w+)'/g), ([, key = '']) => key);
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((key) => !keys.includes(key))).toEqual([]);
    const inManifest = Array.from(JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/g), ([, key = '']) => key);
    expect(inManifest.filter((key) => !keys.includes(key))).toEqual([]);
  });
});
