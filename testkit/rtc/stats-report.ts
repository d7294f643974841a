interface Stat {
  id: string;
  type: string;
  [name: string]: unknown;
}

/** A report of these statistics, in the form that `getStats` returns. */
export const statsReport = (stats: readonly Stat[]): RTCStatsReport =>
  new Map(stats.map((stat) => [stat.id, stat]));
