import type { Gate } from "./gate.js";
import type { Hold } from "./hold.js";
import type { LockGuard, LockKind } from "./types.js";

/** A share of a gate: `weight` permits, until it is released. */
export class Guard implements LockGuard {
  readonly weight: number;
  readonly kind: LockKind;
  #gate: Gate | undefined;
  hold: Hold | undefined = undefined;
  /** `performance.now()` of the acquire; 0 when nobody listens. */
  since = 0;

  constructor(gate: Gate, weight: number, kind: LockKind) {
    this.#gate = gate;
    this.weight = weight;
    this.kind = kind;
  }

  get held(): boolean {
    return this.#gate !== undefined;
  }

  release(): void {
    const gate = this.#gate;
    if (gate === undefined) return;
    this.#gate = undefined;
    gate.give(this);
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
