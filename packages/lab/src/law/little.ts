import type { LawCheck } from "../result/schema.js";
import { figure } from "../statistics/figure.js";

/** How far a cell or a row may be from a law before it breaks it: 5 %, and exactly 5 % is not over, rounded as it may be. */
export const SLACK = 0.05 + 1e-9;

/** Ten seconds at 100 samples a second. */
const USUAL_SAMPLES = 1_000;

export interface OpenFigures {
  /** Requests in flight, sampled on a clock of its own: computed from latencies it would prove nothing. */
  readonly meanInFlight: number;
  readonly throughputPerS: number;
  readonly meanLatencyMs: number;
  /** How often `meanInFlight` was sampled; 1,000 if not given. */
  readonly samples?: number | undefined;
}

/**
 * Little's law for arrivals on their own clock: mean in flight L = throughput X * mean latency R.
 * `residual` is |XR / L - 1|. Holds within 5 % plus three standard errors of the sampled L: for arrivals at random a
 * sample has variance L, so the mean of m samples is off by sqrt(L / m). With 1,000 samples that adds 3 % at ten in
 * flight and 30 % at a tenth of one, where no sampling could tell more.
 */
export function littleOpen(figures: OpenFigures): LawCheck {
  const { meanInFlight: sampled, throughputPerS, meanLatencyMs } = figures;
  const implied = (throughputPerS * meanLatencyMs) / 1_000;
  const detail = `${figure(throughputPerS)}/s at ${figure(meanLatencyMs)} ms keep ${figure(implied)} in flight; ${figure(sampled)} were counted`;
  if (!(sampled >= 0 && implied >= 0) || !Number.isFinite(sampled + implied)) return broken(detail);
  const off = Math.abs(implied - sampled);
  const samples = Math.max(1, figures.samples ?? USUAL_SAMPLES);
  const chance = 3 * Math.sqrt(Math.max(sampled, implied) / samples);
  const residual = sampled > 0 ? off / sampled : off > 0 ? 1 : 0;
  return { residual, holds: off <= SLACK * sampled + chance, detail };
}

export interface BurstFigures {
  readonly tasks: number;
  /** Mean time a task spent inside, by its own clock. */
  readonly insideMs: number;
  /** First submission to last end. */
  readonly totalMs: number;
  /** How many can be inside at once (the size of a pool), or null when nothing limits it. */
  readonly limit: number | null;
  /** What each task waits, if it does: then a burst through a limit takes whole waves. */
  readonly waitMs?: number | undefined;
}

/**
 * Little's law for a burst of N tasks: on average N * T / total are inside, and never more than the limit k; the same
 * says that the burst cannot take less than N * T / k. With `waitMs` also: not less than ceil(N / k) waves of it, less
 * one millisecond per wave, by which timers of a millisecond's grain may fire early.
 * `residual` is how far over the bound it is, 0 within.
 */
export function littleBurst(figures: BurstFigures): LawCheck {
  const { tasks, insideMs, totalMs, waitMs = 0 } = figures;
  const limit = Math.min(figures.limit ?? tasks, tasks);
  const inside = (tasks * insideMs) / totalMs;
  const detail = `${figure(tasks)} tasks of ${figure(insideMs)} ms in ${figure(totalMs)} ms keep ${figure(inside)} inside, of at most ${figure(limit)}`;
  if (!(inside >= 0 && limit > 0) || !Number.isFinite(inside)) return broken(detail);
  const waves = Math.ceil(tasks / limit);
  const atLeastMs = waves * Math.max(0, waitMs - 1);
  if (atLeastMs > totalMs * (1 + SLACK)) {
    const least = `${detail}; ${figure(waves)} waves of ${figure(waitMs)} ms cannot take less than ${figure(atLeastMs)} ms`;
    return { residual: atLeastMs / totalMs - 1, holds: false, detail: least };
  }
  const residual = Math.max(0, inside / limit - 1);
  return { residual, holds: residual <= SLACK, detail };
}

export interface ClosedFigures {
  /** Clients, each of which asks again as soon as it was answered. */
  readonly connections: number;
  /** Answered within the window. */
  readonly throughputPerS: number;
  /** Of the requests sent within the window, whenever they were answered. */
  readonly meanLatencyMs: number;
  /** Mean length of a request that is under way at a moment picked by chance: E[w^2] / E[w], not E[w]. */
  readonly straddlingMs: number;
  readonly windowMs: number;
}

export interface ClosedCheck extends LawCheck {
  /** Connections that took part, on average over the window. */
  readonly tookPart: number;
  /** How far `residual` may go. */
  readonly slack: number;
}

/** What may hold all clients up at one end of a window: a collection of the server, a neighbour's few slices of its core. */
const PAUSE_MS = 30;

/**
 * Little's law for a closed loop without think time: connections N = throughput X * mean latency R. This is the
 * response time law R = N / X - Z with Z = 0 (Denning and Buzen, "The Operational Analysis of Queueing Network Models",
 * ACM Computing Surveys 10(3), 1978). A request sent before the window and answered after it is in neither X nor R, and
 * so its connection is in no figure: X * R counts those that took part.
 *
 * The requests that one connection sends in a window T last T, less the rest of the request under way at its start (the
 * head), plus what the one under way at its end lasts beyond (the tail): XR / N = 1 + mean(tail - head) / T. Neither is
 * longer than a request that straddles a given moment, whose mean S is E[w^2] / E[w] (the inspection paradox: Feller,
 * "An Introduction to Probability Theory and Its Applications", vol. II, I.4). So XR / N may be off by 2 S / T, which is
 * N requests at each end; by 30 ms / T, for a pause across the start shows in no latency of the window; and by the 5 %
 * of every law. Where that is 1 or more the window is too short to tell who was left out.
 * `residual` is |XR / N - 1|.
 */
export function littleClosed(figures: ClosedFigures): ClosedCheck {
  const { connections, throughputPerS, meanLatencyMs, straddlingMs, windowMs } = figures;
  const tookPart = (throughputPerS * meanLatencyMs) / 1_000;
  const slack = SLACK + (2 * straddlingMs + PAUSE_MS) / windowMs;
  const detail = `${figure(throughputPerS)}/s at a mean of ${figure(meanLatencyMs)} ms keep ${figure(tookPart)} of ${figure(connections)} connections busy`;
  const residual = Math.abs(tookPart / connections - 1);
  if (!Number.isFinite(residual + slack)) return { ...broken(detail), tookPart: 0, slack: SLACK };
  return { residual, holds: residual <= slack, detail, tookPart, slack };
}

/** Figures that are no measurement cannot vouch for a cell. Finite, so that it survives JSON. */
function broken(detail: string): LawCheck {
  return { residual: 1, holds: false, detail };
}
