import process from "node:process";
import { rounded } from "./clock.mjs";

/** Undefined where the runtime cannot tell, as some versions of Deno and Bun: the lab then reads /proc instead. */
function read() {
  try {
    return process.resourceUsage();
  } catch {
    return undefined;
  }
}

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
  for (const key of Object.keys(sum)) {
    for (const usage of usages) sum[key] += usage[key] ?? 0;
    sum[key] = rounded(sum[key]);
  }
  return sum;
}
