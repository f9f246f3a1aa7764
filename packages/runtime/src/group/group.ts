import { BadOptionError } from "../error/errors.js";
import { checkOptions, MS, type Rules } from "../error/options.js";
import { GroupScope } from "./group-scope.js";
import { OpenGroupScope } from "./open-group.js";
import type { Group, GroupOptions, OpenGroup } from "./types.js";

type ShieldOptions = Pick<GroupOptions, "timeout">;
const SHIELD: Rules<ShieldOptions> = { timeout: MS };

/**
 * Runs `body` and every task it spawns, and settles only after all of them have ended.
 *
 * Resolves with the body's value if everything succeeded. The first failure cancels the rest and is thrown as it is, once all
 * have ended; if others failed too, an AggregateError that begins with the first. Rejects with TimeoutError when the deadline
 * passed and with CancelError when the group was cancelled, whatever body and children made of that. A task that is cancelled
 * alone is no failure.
 *
 *     const sizes = await group(async (g) => {
 *       const a = g.spawn(() => size("a.txt"));
 *       const b = g.spawn(() => size("b.txt"));
 *       return [await a, await b];
 *     }, { timeout: 500 }); //=> [12, 7]
 */
export function group<T>(
  body: (g: Group) => T | PromiseLike<T>,
  options: GroupOptions = {},
): Promise<Awaited<T>> {
  return start(body, options, false, group);
}

/** The second form: `await using g = openGroup()`. Leaving the block cancels what still runs and waits for it. */
export function openGroup(options: GroupOptions = {}): OpenGroup {
  return new OpenGroupScope(options, openGroup);
}

/**
 * Runs `fn` out of reach of the cancellation outside: cleanup that must not be cut short. Deadlines outside do not count in it
 * either, so give it a timeout of its own: when that passes, what waits in it is cancelled, and it rejects with TimeoutError.
 */
export async function shield<T>(
  fn: (g: Group) => T | PromiseLike<T>,
  options: ShieldOptions = {},
): Promise<Awaited<T>> {
  checkOptions(options, SHIELD);
  return await start(fn, { ...options, name: "shield" }, true, shield);
}

/** Runs `fn` with a deadline `ms` from now: when it passes, `fn` is cancelled and awaited; then TimeoutError. */
export function timeout<T>(ms: number, fn: (g: Group) => T | PromiseLike<T>): Promise<Awaited<T>> {
  return start(fn, { timeout: ms, name: "timeout" }, false, timeout);
}

/** An async function, so that a wrong option is a rejection as everything else. */
async function start<T>(
  body: (g: Group) => T | PromiseLike<T>,
  options: GroupOptions,
  shielded: boolean,
  above: (...args: never[]) => unknown,
): Promise<Awaited<T>> {
  if (typeof body !== "function") throw new BadOptionError("what a group runs", body, "a function");
  return (await new GroupScope(options, above, shielded).run(body)) as Awaited<T>;
}
