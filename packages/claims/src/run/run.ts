import { describeMachine, readCpuTimes, type StartableModel, VERSION } from "@heddle/lab";
import { findClaims, selectClaims } from "../claim/find.js";
import { CLAIMS_SCHEMA, type ClaimResult, type ClaimsResult } from "../result/schema.js";
import { Book } from "./book.js";
import { Budget } from "./budget.js";
import { buildClaims } from "./build.js";
import { type CpuReading, measureSlot } from "./measure.js";
import { type ClaimsRequest, planRounds, type Slot } from "./plan.js";

export type ClaimsEvent =
  | { readonly type: "building"; readonly id: string; readonly file: string }
  | {
      readonly type: "measuring";
      readonly id: string;
      readonly done: number;
      readonly total: number;
      readonly leftS: number;
    }
  /** What a claim looks like after one more run of it; it may change with the next. */
  | { readonly type: "measured"; readonly result: ClaimResult };

export interface ClaimsHooks {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ClaimsEvent) => void;
  /** The result so far, after each round but the last: minutes of measuring must not be lost to a crash. */
  readonly onPartial?: (result: ClaimsResult) => Promise<void>;
  /** Another folder of claims than ours; for tests. */
  readonly home?: string;
  /** However little a claim should take, it is given this much; for tests. */
  readonly leastLimitMs?: number;
  /** Another clock, in milliseconds, and another reading of the processors; for tests. */
  readonly now?: () => number;
  readonly cpuTimes?: () => CpuReading;
}

/**
 * Decides claims by experiment. Rejects with UserError before anything is measured when an id is unknown or the build
 * cache cannot be written; after that it always resolves: a program that does not compile makes its claim not testable, an
 * experiment that fails leaves its claim undecided, and an abort gives what was measured, with `partial` saying why.
 * A run of which the hypervisor took much of the processors' time is repeated once, with the same seed, after all others
 * and as far as there is time; the one that was disturbed less counts.
 */
export async function runClaims(request: ClaimsRequest, hooks: ClaimsHooks = {}): Promise<ClaimsResult> {
  const createdAt = new Date().toISOString();
  const signal = hooks.signal ?? new AbortController().signal;
  const all = await findClaims(hooks.home);
  const chosen = request.ids === null ? all : selectClaims(all, request.ids);
  const machine = await describeMachine();
  const book = new Book(chosen, hooks.onEvent);
  const ready = await buildClaims(chosen, book, signal, hooks);
  const now = hooks.now ?? (() => performance.now());
  const startedAt = now();
  const budget = new Budget(request, now);
  const rounds = planRounds(request, [...ready.keys()]);
  const ahead = new Set(rounds.flat());
  let total = ahead.size;

  const measure = async (slot: Slot): Promise<void> => {
    const { id } = slot.found.claim;
    const leftS = budget.leftS([...ahead]);
    ahead.delete(slot);
    if (signal.aborted || book.isClosed(id) || !budget.allows(slot)) return;
    hooks.onEvent?.({ type: "measuring", id, done: total - ahead.size - 1, total, leftS });
    const begun = now();
    const programs = ready.get(slot.found) ?? new Map<string, StartableModel>();
    try {
      const context = {
        quick: request.quick,
        memoryMb: machine.memoryMb,
        signal,
        programs,
        leastLimitMs: hooks.leastLimitMs ?? LEAST_LIMIT_MS,
        cpuTimes: hooks.cpuTimes ?? readCpuTimes,
      };
      book.enter(slot, await measureSlot(slot, context));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    budget.note(slot, (now() - begun) / 1_000);
  };
  const result = (partial: string | null): ClaimsResult => ({
    schema: CLAIMS_SCHEMA,
    heddle: VERSION,
    createdAt,
    tookS: (now() - startedAt) / 1_000,
    seed: request.seed,
    preset: request.quick ? "quick" : "default",
    partial,
    machine,
    runtimes: runtimesOf([...ready.values()]),
    claims: book.close(signal.aborted ? stopped : noTime),
  });
  for (const [at, round] of rounds.entries()) {
    await sideBySide(
      round.filter(({ found }) => found.claim.alone === false),
      measure,
    );
    for (const slot of round.filter(({ found }) => found.claim.alone !== false)) await measure(slot);
    const done = at + 1;
    if (done < rounds.length)
      await hooks.onPartial?.(result(`only ${done} of ${rounds.length} rounds so far`));
  }
  // Only now: a repeat must not take the time of what was not measured once, and the disturbance has had time to pass.
  const disturbed = signal.aborted ? [] : book.stolen();
  if (disturbed.length > 0) await hooks.onPartial?.(result("disturbed runs were not repeated so far"));
  for (const slot of disturbed) ahead.add(slot);
  total += disturbed.length;
  for (const slot of disturbed) await measure(slot);
  return result(signal.aborted ? `stopped by ${String(signal.reason)}` : null);
}

const LEAST_LIMIT_MS = 10_000;
const noTime = (id: string): string =>
  `no time was left for it in this run; heddle claims run ${id} gives it what it needs`;
const stopped = (): string => "stopped before it was measured";

/** Two at a time: what only observes behaviour mostly waits. Rejects when both lanes have ended. */
async function sideBySide(slots: readonly Slot[], measure: (slot: Slot) => Promise<void>): Promise<void> {
  const left = [...slots];
  const lane = async (): Promise<void> => {
    for (let slot = left.shift(); slot !== undefined; slot = left.shift()) await measure(slot);
  };
  const ended = await Promise.allSettled([lane(), lane()]);
  for (const end of ended) if (end.status === "rejected") throw end.reason;
}

function runtimesOf(programs: readonly ReadonlyMap<string, StartableModel>[]): Record<string, string> {
  const versions = programs.flatMap((each) =>
    [...each.values()].map(({ model, version }) => [model.language, version] as const),
  );
  return Object.fromEntries(versions.sort(([a], [b]) => (a < b ? -1 : 1)));
}
