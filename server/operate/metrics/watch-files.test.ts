import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { endReasonSchema } from '../../../protocol/calls/call.ts';
import { RATES } from '../../limits/rates.ts';
import { SETUP_PHASES } from './metrics.ts';
import { createPrometheusMetrics } from './prometheus-metrics.ts';

const read = (path: string): string =>
  readFileSync(new URL(`../../../deploy/watch/${path}`, import.meta.url), 'utf8');

const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^QuickCall[A-Z]\w+$/),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string(), description: z.string().optional() }),
        }),
      ),
    }),
  ),
});

const dashboardSchema = z.looseObject({
  uid: z.string(),
  panels: z.array(
    z.looseObject({
      id: z.int(),
      title: z.string(),
      gridPos: z.strictObject({ h: z.int(), w: z.int(), x: z.int(), y: z.int() }),
      targets: z.array(z.looseObject({ expr: z.string() })).default([]),
    }),
  ),
});

const rules = rulesSchema.parse(parse(read('alerts.yml'))).groups.flatMap((group) => group.rules);
const dashboard = dashboardSchema.parse(JSON.parse(read('grafana/dashboards/quick-call.json')));
const names = new Set(createPrometheusMetrics('0').names());

/** The server's metrics that an expression names, without the suffixes that Prometheus adds to histograms. */
const metricsIn = (expr: string): string[] =>
  [...expr.matchAll(/\b(?:quick_call|nodejs|process)_[a-z0-9_]+/g)].map(([name]) =>
    names.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, ''),
  );

/** The values of a label that an expression asks for. */
const valuesOf = (expr: string, label: string): string[] =>
  [...expr.matchAll(new RegExp(`\\b${label}=~?"([^"]*)"`, 'g'))].flatMap(([, value = '']) =>
    value.split('|'),
  );

const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

describe('what Prometheus and Grafana are given', () => {
  it.each(expressions)('%s names metrics that the server has', (_name, expr) => {
    expect(metricsIn(expr).filter((name) => !names.has(name))).toEqual([]);
    expect(metricsIn(expr).length + (expr.includes('up{') ? 1 : 0)).toBeGreaterThan(0);
    const known: readonly string[] = [...endReasonSchema.options, ...SETUP_PHASES];
    const wanted = [...valuesOf(expr, 'reason'), ...valuesOf(expr, 'phase')];
    expect(wanted.filter((value) => !known.includes(value))).toEqual([]);
    for (const limit of valuesOf(expr, 'limit')) {
      expect(Object.keys(RATES).some((name) => new RegExp(`^${limit}$`).test(name))).toBe(true);
    }
  });

  it('shows every metric of ours somewhere', () => {
    const shown = new Set(expressions.flatMap(([, expr]) => metricsIn(expr)));
    const ours = [...names].filter((name) => name.startsWith('quick_call_'));
    expect(ours.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('has no two alerts of one name, and no two panels of one id', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});
