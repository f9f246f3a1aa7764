import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** From twice the CPU on, starting the thread costs more than the work that it was started for. */
const DOMINATES = 2;
/** Up to half as much again, the work is most of it. */
const SMALL = 1.5;

export type WorkerPerRequest = {
  /** The sweep: how long the work of one request takes, ms. */
  readonly workMs: readonly number[];
  /** CPU time of one request, ms, at each length. */
  readonly workerCpuMs: readonly number[];
  readonly poolCpuMs: readonly number[];
  /** Median latency of one request when there is no other, ms. */
  readonly workerMs: readonly number[];
  readonly poolMs: readonly number[];
  /** So many short requests at once: until the last answer, and how far resident memory rose above an empty server's, MiB. */
  readonly burst: number;
  readonly workerBurstMs: number;
  readonly poolBurstMs: number;
  readonly workerPeakMb: number | null;
  readonly poolPeakMb: number | null;
};

/** CPU with a new Worker over CPU with a pool, at each length of work. */
export const ratios = ({ workerCpuMs, poolCpuMs }: WorkerPerRequest): number[] =>
  workerCpuMs.map((ms, at) => ms / (poolCpuMs[at] ?? Number.NaN));

/** Pure. CPU per request decides, since it is what bounds the requests per second; latency and memory are said beside it. */
export function decide(numbers: WorkerPerRequest): Decision {
  const { workMs, burst, workerBurstMs, poolBurstMs, workerPeakMb, poolPeakMb } = numbers;
  const each = ratios(numbers);
  const told = workMs.map((ms, at) => `${(each[at] ?? 0).toFixed(1)} times at ${ms} ms of work`).join(", ");
  const memory =
    workerPeakMb === null || poolPeakMb === null
      ? ""
      : ` and ${workerPeakMb.toFixed(0)} MB instead of ${poolPeakMb.toFixed(0)} MB`;
  const why = `a new Worker for each request takes the CPU of a pool ${told}; ${burst} requests at once take ${(workerBurstMs / poolBurstMs).toFixed(1)} times as long${memory}`;
  const measured = effect(
    `CPU of a request with ${workMs[0]} ms of work, new Worker over pool`,
    each[0] ?? Number.NaN,
  );
  if (each.every((ratio) => ratio >= DOMINATES)) return refuted(why, measured);
  if (each.every((ratio) => ratio <= SMALL)) return confirmed(why, measured);
  if ((each[0] ?? 0) >= DOMINATES && (each.at(-1) ?? DOMINATES) <= SMALL) {
    return depends("how long the work of a request takes", why, measured);
  }
  return undecided(why, measured);
}
