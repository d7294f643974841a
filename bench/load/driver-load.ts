/** Begins to measure how much of its core this process uses; the result returns the share since then (0–1). */
export const driverLoad = (): (() => number) => {
  const [from, at] = [process.cpuUsage(), performance.now()];
  return () => {
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000 / (performance.now() - at);
  };
};
