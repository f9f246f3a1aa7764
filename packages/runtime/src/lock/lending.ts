import type { Gate } from "./gate.js";

/** Who passes priorities on; see `priority.ts`. Only pool calls can be moved up by one, so only who has a pool needs it loaded. */
export type Lender = (gate: Gate, certain: boolean) => void;

let lender: Lender | undefined;

export function setLender(next: Lender): void {
  lender = next;
}

/** Who waits for `gate`, or who holds it, has changed. Unless `certain`, that matters only while something is lent. */
export function priorityChanged(gate: Gate, certain: boolean): void {
  lender?.(gate, certain);
}
