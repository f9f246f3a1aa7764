/** One operation as its caller saw it: from the call to the moment when its promise told. */
export interface Operation {
  readonly kind: "send" | "receive";
  readonly item: number;
  readonly called: number;
  readonly told: number;
}

/**
 * True if the operations can be put in one order that a queue of that capacity (1 or more) allows and in which none comes before
 * another that had told before it was called. The search of Wing and Gong ("Testing and verifying concurrent objects", 1993),
 * with a memory of dead ends. Exponential at worst: for short histories.
 */
export function linearizable(history: readonly Operation[], capacity: number): boolean {
  const dead = new Set<string>();
  const search = (left: readonly Operation[], queue: readonly number[]): boolean => {
    if (left.length === 0) return true;
    const state = `${left.map(({ called }) => called).join()}|${queue.join()}`;
    if (dead.has(state)) return false;
    const firstTold = Math.min(...left.map(({ told }) => told));
    for (const one of left) {
      if (one.called > firstTold) continue;
      const rest = left.filter((other) => other !== one);
      if (one.kind === "send" && queue.length < capacity && search(rest, [...queue, one.item])) return true;
      if (one.kind === "receive" && queue[0] === one.item && search(rest, queue.slice(1))) return true;
    }
    dead.add(state);
    return false;
  };
  return search(history, []);
}
