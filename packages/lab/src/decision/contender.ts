import type { Cell } from "../result/schema.js";
import { median } from "../statistics/median.js";
import { type ByRound, byRound } from "./runs.js";

/** A model in the choice, with what it is compared by. Lower is better in all three. */
export interface Contender {
  readonly model: string;
  /** CPU ms per task, per run. Over several workloads: times the cheapest, per run. */
  readonly cpu: ByRound;
  /** Peak MiB of the process tree, per run. */
  readonly memory: ByRound;
  readonly p99Ms: number;
}

export function contenderOf(cell: Cell): Contender {
  const cpu = byRound(cell, (run) => run.cpuMsPerTask);
  const memory = byRound(cell, (run) => run.peakMemoryMb);
  return {
    model: cell.model,
    // The figures of the cell stand in for runs that did not say: one value, so one run.
    cpu: cpu.size > 0 ? cpu : single(cell.cpuMsPerTask),
    memory: memory.size > 0 ? memory : single(cell.memoryMb?.peak ?? null),
    p99Ms: cell.latencyMs?.p99 ?? Number.POSITIVE_INFINITY,
  };
}

/** The middle of the runs; null when nothing was measured. */
export function middle(values: ByRound): number | null {
  return values.size === 0 ? null : median([...values.values()]);
}

function single(value: number | null): ByRound {
  return value === null ? new Map() : new Map([[1, value]]);
}
