import { BRANCHES, type Evidence } from './evidence.ts';
import type { Journal } from './journal.ts';

const line = (name: string, value: number | string): string =>
  `  ${name.padEnd(40)}${String(value).padStart(8)}`;

/** What a run did and saw, for a person to read. */
export const report = (
  journal: Journal,
  evidence: Evidence,
  results: readonly { check: string; findings: readonly string[] }[],
): string => {
  const { database, phones, sent } = evidence;
  const reasons = new Map<string, number>();
  for (const { reason } of database.calls)
    reasons.set(reason ?? 'none', (reasons.get(reason ?? 'none') ?? 0) + 1);
  const slowest = Math.max(...phones.map(({ backAfter }) => backAfter ?? Infinity));
  return [
    'What was done',
    line('actions', journal.counts.get('actions') ?? 0),
    line('calls on record', database.calls.length),
    ...[...reasons]
      .sort(([, a], [, b]) => b - a)
      .map(([reason, count]) => line(`  ended as ${reason}`, count)),
    line('messages acknowledged', sent.length),
    line('faults', evidence.faults.length),
    line('all online again after (s)', (slowest / 1000).toFixed(1)),
    ...evidence.attempts.map(({ fault, what, took }) =>
      line(`${fault}: ${what} (ms)`, took?.toFixed(0) ?? 'failed'),
    ),
    'How often each branch was reached',
    ...BRANCHES.map((branch) => line(branch, evidence.branches[branch])),
    'Checks',
    ...results.flatMap(({ check, findings }) => [
      `  ${findings.length === 0 ? 'ok  ' : 'FAIL'} ${check}`,
      ...findings.slice(0, 20).map((finding) => `         ${finding}`),
      ...(findings.length > 20 ? [`         and ${String(findings.length - 20)} more`] : []),
    ]),
    '',
  ].join('\n');
};
