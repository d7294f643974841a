interface Stat {
  id: string;
  type: string;
  [name: string]: unknown;
}

/** A report as `getStats` gives it, of these statistics. */
export const statsReport = (stats: readonly Stat[]): RTCStatsReport =>
  new Map(stats.map((stat) => [stat.id, stat]));
