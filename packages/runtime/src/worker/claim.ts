import {
  cellOf,
  claimedState,
  DIRECT,
  HEAD,
  HEADER,
  queuedState,
  RING_MASK,
  type Shared,
  STATE,
  TAIL,
  workerBlock,
} from "../wire/layout.js";

/**
 * Takes the next task: the one given to this worker alone, else the oldest of the submission ring. Returns its ring entry, or -1.
 *
 * The cell is claimed before the ring moves on. A worker that dies in between leaves a claimed cell, which the host finds by its
 * owner, and any other worker moves the ring on.
 */
export function claim(shared: Shared, worker: number): number {
  const { control } = shared;
  const direct = workerBlock(worker) + DIRECT;
  if (Atomics.load(control, direct) !== 0) {
    const entry = (Atomics.exchange(control, direct, 0) - 1) | 0;
    if (claimCell(shared, worker, entry)) return entry;
  }
  let head = Atomics.load(control, HEAD);
  while (head !== Atomics.load(control, TAIL)) {
    const entry = shared.ring[head & RING_MASK] ?? 0;
    // Others may have moved on while we were not running, and the host may be writing this place anew.
    const now = Atomics.load(control, HEAD);
    if (now !== head) {
      head = now;
      continue;
    }
    const claimed = claimCell(shared, worker, entry);
    Atomics.compareExchange(control, HEAD, head, (head + 1) | 0);
    if (claimed) return entry;
    head = Atomics.load(control, HEAD);
  }
  return -1;
}

function claimCell(shared: Shared, worker: number, entry: number): boolean {
  const queued = queuedState(entry);
  const word = cellOf(entry) * HEADER + STATE;
  return Atomics.compareExchange(shared.cells, word, queued, claimedState(entry, worker)) === queued;
}
