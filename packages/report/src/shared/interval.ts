import type { Cell } from "./workload.js";

/** Under which name the lab files the interval of each figure. A missing one is no error: it was not measured. */
const NAMES = {
  p50: "p50",
  p90: "p90",
  p99: "p99",
  p999: "p999",
  max: "max",
  throughput: "throughputPerS",
  cpu: "cpuMsPerTask",
  baseline: "memoryBaselineMb",
  plateau: "memoryPlateauMb",
  peak: "memoryPeakMb",
  speedup: "speedup",
  voluntary: "voluntaryPerTask",
  involuntary: "involuntaryPerTask",
} as const;

/** The 95 % interval of a figure of a cell, or null when it has none: between runs of which there is one, nothing lies. */
export function intervalOf(cell: Cell, what: keyof typeof NAMES): readonly [number, number] | null {
  if (cell.runs < 2) return null;
  const name = NAMES[what];
  return Object.hasOwn(cell.interval, name) ? (cell.interval[name] ?? null) : null;
}
