import type { LawCheck } from "../result/schema.js";
import { figure } from "../statistics/figure.js";
import { SLACK } from "./little.js";

export interface UtilizationFigures {
  readonly throughputPerS: number;
  /** CPU of the measured program only, user and system, of all its threads and processes. */
  readonly cpuMsPerTask: number;
  readonly cores: number;
}

/**
 * The utilization law: throughput X times CPU per task D keeps X * D cores busy, and there are no more than `cores`.
 * `residual` is how far over it is, 0 within; holds up to 5 % over.
 */
export function utilization(figures: UtilizationFigures): LawCheck {
  const { throughputPerS, cpuMsPerTask, cores } = figures;
  const busy = (throughputPerS * cpuMsPerTask) / 1_000;
  const detail = `${figure(throughputPerS)}/s at ${figure(cpuMsPerTask)} ms CPU keep ${figure(busy)} of ${figure(cores)} cores busy`;
  return within(busy, cores, detail);
}

export interface HashFigures {
  readonly tasks: number;
  /** One task alone on one core. */
  readonly singleMs: number;
  readonly totalMs: number;
  readonly cores: number;
}

/**
 * The utilization law for a burst that computes: N tasks of `singleMs` cannot end before N * single / cores, which
 * is the same as saying that the speed-up over one core cannot exceed the cores. 5 % slack: `singleMs` is a
 * measurement too, and a core alone may run at another clock than all of them together.
 */
export function hashDemand(figures: HashFigures): LawCheck {
  const { tasks, singleMs, totalMs, cores } = figures;
  const speedup = (tasks * singleMs) / totalMs;
  const detail = `${figure(tasks)} tasks of ${figure(singleMs)} ms in ${figure(totalMs)} ms: a speed-up of ${figure(speedup)} on ${figure(cores)} cores`;
  return within(speedup, cores, detail);
}

function within(used: number, cores: number, detail: string): LawCheck {
  if (!(used >= 0 && cores > 0) || !Number.isFinite(used)) return { residual: 1, holds: false, detail };
  const residual = Math.max(0, used / cores - 1);
  return { residual, holds: residual <= SLACK, detail };
}
