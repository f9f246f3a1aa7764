/**
 * The objects met while one value or argument list is written. A copy keeps identity, and these bytes cannot say
 * "the same as before": whatever is met twice (shared or cyclic) takes the port.
 *
 * One array for the thread, used as a stack of frames, because a getter of the user's may itself call a pool while
 * we read it. Linear search over the few objects of a small value is cheaper than a Set; a value of many gets one.
 */
const FEW = 32;
const seen: (object | undefined)[] = new Array<object | undefined>(FEW).fill(undefined);
let base = 0;
let top = 0;
/** All objects of this frame, once they are many. */
let many: Set<object> | undefined;
const outerMany: (Set<object> | undefined)[] = [];

/** Begins a frame; give what it returns to `leave`. */
export function enter(): number {
  const outer = base;
  base = top;
  outerMany.push(many);
  many = undefined;
  return outer;
}

/** Ends the frame and forgets its objects: nothing of the user's is kept alive. */
export function leave(outer: number): void {
  while (top > base) seen[--top] = undefined;
  base = outer;
  many = outerMany.pop();
}

/** True when the object is new to this frame. */
export function first(value: object): boolean {
  if (many !== undefined) return many.size !== many.add(value).size;
  for (let i = base; i < top; i++) if (seen[i] === value) return false;
  if (top - base === FEW) many = new Set(seen.slice(base, top) as object[]).add(value);
  else seen[top++] = value;
  return true;
}
