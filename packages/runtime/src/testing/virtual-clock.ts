import { checkOptions, MS, type Rules } from "../error/options.js";
import { now } from "../group/clock.js";
import { activity } from "../group/slice.js";
import { takeProcess } from "./installed.js";
import { VirtualTime } from "./virtual-time.js";

export interface VirtualClockOptions {
  /** Jump to the next timer whenever nothing is ready. Default true; false: time moves by `advance` alone. */
  readonly autojump?: boolean;
  /** Epoch milliseconds at the start. Default: the real time. */
  readonly start?: number;
}

/** The time of all groups, channels and locks, until it is disposed of. Real I/O and setTimeout keep their own time. */
export interface VirtualClock extends Disposable {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves on by `ms`, stopping at each timer on the way until what it wakes has settled. */
  advance(ms: number): Promise<void>;
}

const CLOCK: Rules<VirtualClockOptions> = {
  autojump: (value) => typeof value !== "boolean" && "a boolean",
  start: MS,
};

/** So many turns of the event loop without a wake-up of ours mean that nothing is ready. One is not enough for real I/O. */
const QUIET_TURNS = 3;

/**
 * Installs a virtual clock: a test that sleeps for an hour takes a millisecond, and timers fire in their exact order.
 *
 *     using clock = virtualClock();
 *     const start = clock.now();
 *     await sleep(3_600_000);
 *     clock.now() - start; //=> 3600000
 *
 * It jumps when the event loop has turned a few times without a wake-up of the library. Code that waits for real I/O in
 * between may find that time has jumped: use `autojump: false` and `advance` there.
 */
export function virtualClock(options: VirtualClockOptions = {}): VirtualClock {
  checkOptions(options, CLOCK);
  const release = takeProcess("virtualClock()");
  const time = new VirtualTime(options.start ?? now());
  if (options.autojump !== false) autojump(time);
  time.install();
  let disposed = false;
  return {
    now: () => time.now(),
    async advance(ms) {
      const until = time.now() + ms;
      await quiet();
      while (!disposed && time.jump(until)) await quiet();
      time.moveTo(until);
    },
    [Symbol.dispose]() {
      if (disposed) return;
      disposed = true;
      time.remove();
      release();
    },
  };
}

/** Looks once per turn of the event loop while a timer is armed, and only then: nothing holds the process for nothing. */
function autojump(time: VirtualTime): void {
  let last = activity();
  let quietTurns = 0;
  let looking = false;
  const look = () => {
    const seen = activity();
    quietTurns = seen === last ? quietTurns + 1 : 0;
    last = seen;
    if (quietTurns >= QUIET_TURNS && time.jump()) quietTurns = 0;
    looking = time.next !== undefined;
    if (looking) setImmediate(look);
  };
  time.onArmed = () => {
    if (looking) return;
    looking = true;
    quietTurns = 0;
    setImmediate(look);
  };
}

/** Resolves when the event loop has turned a few times without a wake-up of ours. */
export async function quiet(): Promise<void> {
  let last = activity();
  for (let turns = 0; turns < QUIET_TURNS; turns++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    const seen = activity();
    if (seen !== last) turns = -1;
    last = seen;
  }
}
