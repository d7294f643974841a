import type { AlarmKind, CellName } from './cells.ts';

/** The names of live state in Redis. All keys of one installation have the same hash tag. */
export interface Keys {
  readonly prefix: string;
  /** The era that the data belongs to. */
  readonly era: string;
  /** Claimed by the node that fills Redis. */
  readonly restoring: string;
  readonly nodes: string;
  readonly deadNodes: string;
  /** The prefix of the counters' names. */
  readonly limits: string;
  /** The prefix of locks for work that is done one at a time. */
  lock(name: string): string;
  cell(name: CellName): string;
  alarms(kind: AlarmKind): string;
  phonesOf(node: string): string;
  /** Claimed by the node that releases the phones of a dead one. */
  releasing(node: string): string;
  /** A viewer's list: how often it changed, and which people are frozen in it. */
  list(viewer: string): string;
}

/** @param namespace separates the installations in one Redis. */
export const createKeys = (namespace: string): Keys => {
  const prefix = `{${namespace}}:`;
  return {
    prefix,
    era: `${prefix}era`,
    restoring: `${prefix}restoring`,
    nodes: `${prefix}nodes`,
    deadNodes: `${prefix}dead-nodes`,
    limits: `${prefix}limit:`,
    lock: (name) => `${prefix}lock:${name}`,
    cell: ({ kind, id }) => `${prefix}${kind}:${id}`,
    alarms: (kind) => `${prefix}due:${kind}`,
    phonesOf: (node) => `${prefix}node:${node}`,
    releasing: (node) => `${prefix}releasing:${node}`,
    list: (viewer) => `${prefix}list:${viewer}`,
  };
};
