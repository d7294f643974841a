import type { AlarmKind, CellName } from './cells.ts';

/** How live state is named in Redis. Everything of one installation has one hash tag. */
export interface Keys {
  readonly prefix: string;
  /** Which start of Redis what there is belongs to. */
  readonly era: string;
  /** Claimed by the node that fills Redis. */
  readonly restoring: string;
  readonly nodes: string;
  readonly deadNodes: string;
  /** Begins the names of counters. */
  readonly limits: string;
  /** Of what is done one at a time. */
  lock(name: string): string;
  cell(name: CellName): string;
  alarms(kind: AlarmKind): string;
  phonesOf(node: string): string;
  /** Claimed by the node that releases the phones of a dead one. */
  releasing(node: string): string;
  /** A person's list: how often it changed, and who is frozen in it. */
  list(viewer: string): string;
}

/** @param namespace sets installations in one Redis apart. */
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
