import process from "node:process";

// Deno and Bun lack it in some versions: the lab then reads /proc instead.
const read = typeof process.resourceUsage === "function" ? () => process.resourceUsage() : () => undefined;

/** Starts counting what this process, with all its threads, consumes; the function returned tells. */
export function countUsage() {
  const before = read();
  return () => {
    const after = read();
    if (before === undefined || after === undefined) return {};
    return {
      userMs: (after.userCPUTime - before.userCPUTime) / 1e3,
      systemMs: (after.systemCPUTime - before.systemCPUTime) / 1e3,
      voluntary: after.voluntaryContextSwitches - before.voluntaryContextSwitches,
      involuntary: after.involuntaryContextSwitches - before.involuntaryContextSwitches,
    };
  };
}

/** What several processes consumed together. */
export function sumUsage(usages) {
  const sum = { userMs: 0, systemMs: 0, voluntary: 0, involuntary: 0 };
  for (const usage of usages) for (const key of Object.keys(sum)) sum[key] += usage[key] ?? 0;
  return sum;
}
