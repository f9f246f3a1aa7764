import { Call } from "./call.js";
import type { Executor, ExecutorCall } from "./executor.js";
import { stoppedBefore, type TimedCall, timed, whenStopped } from "./executor-stop.js";
import { around, type Layer } from "./layer.js";
import { notCloneable } from "./not-cloneable.js";
import { integer } from "./options.js";
import { snapshot } from "./snapshot.js";

/**
 * At most `count` calls are under way at once; the others wait in the order in which they came. Their timeouts run meanwhile, and a
 * call that is cancelled leaves the queue at once. Arguments are copied when a call has to wait.
 */
export function withLimit(count: number): Layer {
  integer("count", count, 1, Number.MAX_SAFE_INTEGER);
  return (next) => {
    const gate = new Gate(count);
    return around(next, async (given) => {
      const call = timed(given);
      const over = stoppedBefore(call);
      if (over !== undefined) throw over;
      if (gate.enter()) return await gate.pass(next, call);
      const kept = keep(call);
      await gate.wait(kept);
      return await gate.pass(next, kept);
    });
  };
}

/** A doorway for so many. Whoever leaves lets the next one in. */
class Gate {
  #free: number;
  /** A set keeps the order, and a waiter that gives up leaves it at once. */
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  enter(): boolean {
    if (this.#free === 0) return false;
    this.#free--;
    return true;
  }

  async pass(next: Executor, call: ExecutorCall): Promise<unknown> {
    try {
      return await next.execute(call);
    } finally {
      const [first] = this.#waiting;
      if (first === undefined) this.#free++;
      else first();
    }
  }

  /** Resolves with a place in the doorway. */
  wait(call: TimedCall): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        this.#waiting.delete(enter);
        off();
        resolve();
      };
      const off = whenStopped(call, (error) => {
        this.#waiting.delete(enter);
        reject(error);
      });
      this.#waiting.add(enter);
    });
  }
}

/** @throws NotCloneableError naming the argument. */
function keep(given: TimedCall): TimedCall {
  const call = new Call(given.name, -1, given.args ?? []);
  call.transferList = given.transfer;
  try {
    snapshot(call);
  } catch (error) {
    throw notCloneable(call, error);
  }
  const { transferList: transfer, args } = call;
  return transfer === undefined ? { ...given, args } : { ...given, args, transfer };
}
