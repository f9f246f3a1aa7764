import { describeMachine, type StartableModel, VERSION } from "@heddle/lab";
import { type Prepared, prepare } from "../bench/prepare.js";
import type { Claim } from "../claim/claim.js";
import { type FoundClaim, findClaims, selectClaims } from "../claim/find.js";
import { CLAIMS_SCHEMA, type ClaimResult, type ClaimsResult } from "../result/schema.js";
import { Book } from "./book.js";
import { measureSlot } from "./measure.js";
import { BUDGET_S, type ClaimsRequest, planRounds, type Slot } from "./plan.js";

export type ClaimsEvent =
  | { readonly type: "building"; readonly id: string; readonly file: string }
  | { readonly type: "planned"; readonly claims: number; readonly rounds: number; readonly expectedS: number }
  | {
      readonly type: "measuring";
      readonly id: string;
      readonly round: number;
      readonly done: number;
      readonly of: number;
    }
  | { readonly type: "settled"; readonly result: ClaimResult };

export interface ClaimsHooks {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ClaimsEvent) => void;
  /** Another folder of claims than ours; for tests. */
  readonly home?: string;
}

type Testable = FoundClaim & { readonly claim: Claim };

/**
 * Decides claims by experiment. Rejects with UserError before anything is measured when an id is unknown or a program
 * does not build; after that it always resolves: an experiment that fails leaves its claim undecided, and an abort
 * gives what was measured, with `partial` saying why.
 */
export async function runClaims(request: ClaimsRequest, hooks: ClaimsHooks = {}): Promise<ClaimsResult> {
  const startedAt = performance.now();
  const createdAt = new Date().toISOString();
  const signal = hooks.signal ?? new AbortController().signal;
  const all = await findClaims(hooks.home);
  const chosen = request.ids === null ? all : selectClaims(all, request.ids);
  const machine = await describeMachine();
  const book = new Book(chosen, hooks.onEvent);
  const ready = await build(chosen, book, signal, hooks);
  const rounds = planRounds(request, [...ready.keys()]);
  const pace = new Budget(request);
  hooks.onEvent?.({
    type: "planned",
    claims: ready.size,
    rounds: rounds.length,
    expectedS: Math.min(pace.limitS, expectedSeconds(rounds.flat(), request.quick)),
  });
  const context = { quick: request.quick, memoryMb: machine.memoryMb, signal };
  const measure = async (slot: Slot): Promise<void> => {
    if (signal.aborted || book.isClosed(slot.found.claim.id) || !pace.allows(slot)) return;
    hooks.onEvent?.({ type: "measuring", id: slot.found.claim.id, round: slot.round, ...book.progress() });
    const begun = performance.now();
    const programs = ready.get(slot.found) ?? new Map();
    try {
      book.enter(slot, await measureSlot(slot, { ...context, programs }));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    pace.note(slot, (performance.now() - begun) / 1_000);
  };
  for (const round of rounds) {
    await together(
      round.filter(({ found }) => found.claim.alone === false),
      measure,
    );
    for (const slot of round.filter(({ found }) => found.claim.alone !== false)) await measure(slot);
  }
  const skipped = pace.skipped;
  return {
    schema: CLAIMS_SCHEMA,
    heddle: VERSION,
    createdAt,
    tookS: (performance.now() - startedAt) / 1_000,
    seed: request.seed,
    preset: request.quick ? "quick" : "default",
    partial: signal.aborted ? `stopped by ${String(signal.reason)}` : null,
    machine,
    runtimes: runtimesOf(ready),
    claims: book.close(signal.aborted ? "stopped before it was measured" : noTime(request), skipped),
  };
}

/** Builds every program of the chosen claims, one after the other; what misses a runtime is told to the book. */
async function build(
  chosen: readonly FoundClaim[],
  book: Book,
  signal: AbortSignal,
  hooks: ClaimsHooks,
): Promise<Map<Testable, ReadonlyMap<string, StartableModel>>> {
  const ready = new Map<Testable, ReadonlyMap<string, StartableModel>>();
  for (const found of chosen) {
    if (!isTestable(found) || signal.aborted) continue;
    const { id, programs, optional = [] } = found.claim;
    const prepared: Prepared[] = [];
    try {
      for (const file of [...programs, ...optional]) {
        const onBuild = (): void => hooks.onEvent?.({ type: "building", id, file });
        prepared.push(await prepare(found, file, { signal, onBuild }));
      }
    } catch (error) {
      if (signal.aborted) continue;
      throw error;
    }
    const missing = prepared.find((each) => each.state === "missing" && programs.includes(each.file));
    if (missing?.state === "missing") book.refuse(id, missing.why, missing.install);
    else {
      const usable = prepared.flatMap((each) =>
        each.state === "ready" ? [[each.file, each.startable] as const] : [],
      );
      ready.set(found, new Map(usable));
    }
  }
  return ready;
}

function isTestable(found: FoundClaim): found is Testable {
  return !("untestable" in found.claim);
}

/** Two side by side: what only observes behaviour mostly waits. */
async function together(slots: readonly Slot[], measure: (slot: Slot) => Promise<void>): Promise<void> {
  const left = [...slots];
  const lane = async (): Promise<void> => {
    for (let slot = left.shift(); slot !== undefined; slot = left.shift()) await measure(slot);
  };
  await Promise.all([lane(), lane()]);
}

function expectedSeconds(slots: readonly Slot[], quick: boolean): number {
  return slots.reduce((sum, { found: { claim } }) => sum + claim.seconds[quick ? "quick" : "full"], 0);
}

function runtimesOf(
  ready: ReadonlyMap<unknown, ReadonlyMap<string, StartableModel>>,
): Record<string, string> {
  const versions = [...ready.values()].flatMap((programs) =>
    [...programs.values()].map(({ model, version }) => [model.language, version] as const),
  );
  return Object.fromEntries(versions.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function noTime(request: ClaimsRequest): string {
  const ids = "heddle claims run ID";
  return request.quick
    ? `no time was left for it in a quick run; ${ids} decides it`
    : `no time was left for it; ${ids} decides it`;
}

/** Keeps the whole under its time: a slot begins only if what it took before (or should take) still fits in. */
class Budget {
  readonly limitS: number;
  readonly skipped = new Set<string>();
  readonly #startedAt = performance.now();
  readonly #took = new Map<string, number>();
  readonly #quick: boolean;

  constructor(request: ClaimsRequest) {
    this.#quick = request.quick;
    // Whoever names claims or a number of runs has asked for the time they take.
    const bound = request.ids === null && request.runs === null;
    this.limitS = bound ? BUDGET_S[request.quick ? "quick" : "full"] : Number.POSITIVE_INFINITY;
  }

  allows({ found: { claim } }: Slot): boolean {
    const needs = this.#took.get(claim.id) ?? claim.seconds[this.#quick ? "quick" : "full"];
    const usedS = (performance.now() - this.#startedAt) / 1_000;
    if (usedS + needs <= this.limitS) return true;
    this.skipped.add(claim.id);
    return false;
  }

  note({ found: { claim } }: Slot, seconds: number): void {
    this.#took.set(claim.id, seconds);
  }
}
