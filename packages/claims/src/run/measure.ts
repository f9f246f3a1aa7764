import { ProgramFailure, type readCpuTimes, type StartableModel, sharesBetween } from "@heddle/lab";
import { openBench } from "../bench/open.js";
import { NotTestable, type Numbers } from "../claim/claim.js";
import type { Slot } from "./plan.js";
import type { MeasuredRun } from "./settle.js";

/** What became of one slot. */
export type Attempt =
  | { readonly state: "measured"; readonly run: MeasuredRun }
  | { readonly state: "failed"; readonly why: string; readonly tookS: number }
  | { readonly state: "not-testable"; readonly why: string; readonly where: string };

const LIMIT_FACTOR = 5;

/** Time of the processors since boot, or null where the system does not tell. */
export type CpuReading = ReturnType<typeof readCpuTimes>;

export interface MeasureOptions {
  readonly quick: boolean;
  readonly memoryMb: number;
  readonly signal: AbortSignal;
  readonly programs: ReadonlyMap<string, StartableModel>;
  readonly leastLimitMs: number;
  readonly cpuTimes: () => CpuReading;
}

/**
 * Measures one slot within its time limit. A run that fails or hangs becomes `failed`, and nothing of it is left; so does
 * one with a mistake in the claim's own code, for the other claims are not to blame.
 * Rejects only with the reason of `options.signal`.
 */
export async function measureSlot(slot: Slot, options: MeasureOptions): Promise<Attempt> {
  const { claim } = slot.found;
  const expectedS = options.quick ? claim.seconds.quick : claim.seconds.full;
  const limitMs = Math.max(options.leastLimitMs, expectedS * LIMIT_FACTOR * 1_000);
  const limit = AbortSignal.timeout(limitMs);
  const signal = AbortSignal.any([options.signal, limit]);
  const startedAt = performance.now();
  const before = options.cpuTimes();
  const took = (): number => (performance.now() - startedAt) / 1_000;
  try {
    await using bench = openBench({ ...options, seed: slot.seed, signal });
    const numbers = await untilAborted(claim.measure(bench), signal);
    const stealShare = sharesBetween(before, options.cpuTimes())?.steal ?? null;
    return { state: "measured", run: { numbers, seed: slot.seed, tookS: took(), stealShare } };
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof NotTestable)
      return { state: "not-testable", why: error.message, where: error.where };
    if (limit.aborted) {
      return {
        state: "failed",
        why: `not done after ${Math.round(limitMs / 1_000)} s; killed`,
        tookS: took(),
      };
    }
    const said = error instanceof Error ? error.message : String(error);
    const why = error instanceof ProgramFailure ? said : `this is a bug in the claim's own code: ${said}`;
    return { state: "failed", why, tookS: took() };
  }
}

/** A claim whose code forgets the signal must not hold the command: its programs are killed when the bench closes. */
function untilAborted(work: Promise<Numbers>, signal: AbortSignal): Promise<Numbers> {
  work.catch(() => {}); // its failure after the abort is nobody's news
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
