import { setChance } from "../channel/chance.js";
import { DeadlockError } from "../error/errors.js";
import { checkOptions, MS, type Rules } from "../error/options.js";
import { now } from "../group/clock.js";
import { setWakeHook } from "../group/slice.js";
import { takeProcess } from "./installed.js";
import { seeded } from "./random.js";
import { VirtualTime } from "./virtual-time.js";

export interface InterleaveOptions {
  /** Real milliseconds in which nothing is ready, no timer is armed and `fn` has not ended: then it hangs. Default 200. */
  readonly hangsAfter?: number;
}

export const INTERLEAVE: Rules<InterleaveOptions> = { hangsAfter: MS };

/**
 * Runs `fn` under a scheduler that the seed fixes: of all wake-ups of groups, channels and locks that are ready, chance picks
 * which comes next, and everything it leads to runs before the next pick; `select` chooses by the same seed. The same seed gives the same order, as long as `fn`
 * itself is deterministic; real I/O is not. Time is virtual and moves only when nothing is ready.
 *
 * Settles as `fn` does. If nothing can wake it any more, rejects with DeadlockError: a lost wake-up is found, not waited for.
 */
export async function interleave<T>(
  seed: number,
  fn: () => T | PromiseLike<T>,
  options: InterleaveOptions = {},
): Promise<Awaited<T>> {
  checkOptions(options, INTERLEAVE);
  const release = takeProcess("interleave()");
  const ready: (() => void)[] = [];
  const time = new VirtualTime(now());
  time.install();
  setWakeHook((wakeUp) => void ready.push(wakeUp));
  setChance(seeded(~seed));
  try {
    return await drive(fn, ready, time, seeded(seed), options.hangsAfter ?? 200);
  } finally {
    setWakeHook(undefined);
    setChance();
    time.remove();
    release();
    for (const wakeUp of ready) wakeUp();
  }
}

async function drive<T>(
  fn: () => T | PromiseLike<T>,
  ready: (() => void)[],
  time: VirtualTime,
  random: () => number,
  hangsAfter: number,
): Promise<Awaited<T>> {
  let ended = false;
  const result = (async () => fn())().finally(() => {
    ended = true;
  });
  result.catch(() => {});
  let busyAt = performance.now();
  for (;;) {
    await turn();
    if (ended) return (await result) as Awaited<T>;
    const index = Math.floor(random() * ready.length);
    const wakeUp = ready[index];
    if (wakeUp !== undefined) {
      ready[index] = ready[ready.length - 1] as () => void;
      ready.pop();
      wakeUp();
    } else if (!time.jump()) {
      if (performance.now() - busyAt > hangsAfter) throw hangs();
      continue;
    }
    busyAt = performance.now();
  }
}

/** All microtasks run before the event loop turns: what a wake-up led to is done by then. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function hangs(): DeadlockError {
  return new DeadlockError(
    "nothing is ready and no timer is armed, yet it has not ended: a wake-up was lost",
  );
}
