/**
 * The objects met while one value or argument list is written. A copy keeps identity, and these bytes cannot say
 * "the same as before": whatever is met twice (shared or cyclic) takes the port.
 *
 * One array for the thread, used as a stack of frames, because a getter of the user's may itself call a pool while
 * we read it. Linear search over at most CAPACITY objects: cheaper than a Set for the few objects of a small value.
 */
const CAPACITY = 64;
const seen: (object | undefined)[] = new Array<object | undefined>(CAPACITY).fill(undefined);
let base = 0;
let top = 0;

/** Begins a frame; give what it returns to `leave`. */
export function enter(): number {
  const outer = base;
  base = top;
  return outer;
}

/** Ends the frame and forgets its objects: nothing of the user's is kept alive. */
export function leave(outer: number): void {
  while (top > base) seen[--top] = undefined;
  base = outer;
}

/** True when the object is new to this frame and there is room to remember it. */
export function first(value: object): boolean {
  for (let i = base; i < top; i++) if (seen[i] === value) return false;
  if (top === CAPACITY) return false;
  seen[top++] = value;
  return true;
}
