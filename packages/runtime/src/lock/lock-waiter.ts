import { Waiter } from "../group/wait.js";
import type { Gate } from "./gate.js";
import type { Guard } from "./guard.js";
import type { AcquireOptions, LockKind } from "./types.js";

/** Who waits for a gate. */
export class LockWaiter extends Waiter<Guard> {
  readonly gate: Gate;
  readonly weight: number;
  readonly kind: LockKind;
  readonly priority: number;
  /** It ends by a limit of its own: its caller has a plan for not getting the lock, so it is no deadlock. */
  readonly limited: boolean;
  /** `performance.now()` of its begin; 0 when nobody asks how long it waited. */
  since = 0;

  constructor(gate: Gate, weight: number, kind: LockKind, options: AcquireOptions | undefined) {
    super();
    this.gate = gate;
    this.weight = weight;
    this.kind = kind;
    this.priority = options?.priority ?? 0;
    this.limited = isLimited(options);
  }

  override describe(): string {
    return `acquire of ${this.gate.label}`;
  }

  protected override leave(): void {
    super.leave();
    this.gate.left(this);
  }
}

export function isLimited(options: AcquireOptions | undefined): boolean {
  return Number.isFinite(options?.timeout) || Number.isFinite(options?.deadline);
}
