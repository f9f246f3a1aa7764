import { BUDGET_S, type ClaimsRequest, type Slot } from "./plan.js";

/** Keeps the whole under its time: a slot begins only if what it took before (or should take) still fits in. */
export class Budget {
  /** Infinite for whoever named claims or a number of runs: they have asked for the time it takes. */
  readonly limitS: number;
  /** Claims of which a run was left out. */
  readonly skipped = new Set<string>();
  readonly #quick: boolean;
  readonly #took = new Map<string, number>();
  readonly #now: () => number;
  readonly #startedAt: number;

  /** `now` in milliseconds; a test gives its own clock. */
  constructor(request: ClaimsRequest, now: () => number = () => performance.now()) {
    this.#quick = request.quick;
    this.#now = now;
    this.#startedAt = now();
    const bound = request.ids === null && request.runs === null;
    this.limitS = bound ? BUDGET_S[request.quick ? "quick" : "full"] : Number.POSITIVE_INFINITY;
  }

  allows(slot: Slot): boolean {
    if (this.#usedS() + this.expectedS(slot) <= this.limitS) return true;
    this.skipped.add(slot.found.claim.id);
    return false;
  }

  note({ found: { claim } }: Slot, seconds: number): void {
    this.#took.set(claim.id, seconds);
  }

  expectedS({ found: { claim } }: Slot): number {
    return this.#took.get(claim.id) ?? claim.seconds[this.#quick ? "quick" : "full"];
  }

  /** What these slots will still take, as far as there is time for them. */
  leftS(slots: readonly Slot[]): number {
    const all = slots.reduce((sum, slot) => sum + this.expectedS(slot), 0);
    return Math.min(all, this.limitS - this.#usedS());
  }

  #usedS(): number {
    return (this.#now() - this.#startedAt) / 1_000;
  }
}
