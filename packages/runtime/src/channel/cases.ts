import { BadOptionError } from "../error/errors.js";
import { checkOptions, MS, SIGNAL } from "../error/options.js";
import type { Task } from "../group/types.js";
import type { SelectCase } from "./case.js";
import { ReceiveCase, SendCase } from "./cases-channel.js";
import { AbortedCase, AfterCase, JoinedCase } from "./cases-other.js";
import { coreToReceive, coreToSend } from "./ends.js";
import type { Receiver, Sender } from "./types.js";

export type Received<T> =
  | { readonly value: T; readonly done: false }
  | { readonly value: undefined; readonly done: true };

export interface Happened<T> {
  readonly value: T;
  readonly done?: undefined;
}

/**
 * The case of receiving an item. The value is the item; a channel that is closed and empty is ready, with `done: true` and no value,
 * or, if it was closed with an error, the select rejects with that. `undefined` in place of a channel switches the case off.
 */
export function receive<T>(from: Receiver<T> | undefined): SelectCase<Received<T>> {
  if (from === undefined) return new ReceiveCase<T>(undefined);
  const core = coreToReceive(from);
  if (core === undefined)
    throw new BadOptionError("what receive() takes", from, "a channel, its receiver or undefined");
  return new ReceiveCase<T>(core);
}

/**
 * The case of sending an item: it was accepted exactly when this case is the result. A closed channel is ready, and the select then
 * rejects with ChannelClosedError. `undefined` in place of a channel switches the case off.
 */
export function send<T>(to: Sender<T> | undefined, item: NoInfer<T>): SelectCase<Happened<undefined>> {
  if (to === undefined) return new SendCase<T>(undefined, item);
  const core = coreToSend(to);
  if (core === undefined)
    throw new BadOptionError("what send() takes", to, "a channel, its sender or undefined");
  return new SendCase<T>(core, item);
}

/** The case that so many milliseconds have passed since `select` was called. `Infinity` never happens. */
export function after(ms: number): SelectCase<Happened<undefined>> {
  const wrong = MS(ms);
  if (wrong) throw new BadOptionError("what after() takes", ms, wrong);
  return new AfterCase(ms);
}

/** The case that a signal is aborted; the value is its reason. `undefined` switches the case off. */
export function aborted(signal: AbortSignal | undefined): SelectCase<Happened<unknown>> {
  checkOptions({ signal }, { signal: SIGNAL });
  return new AbortedCase(signal);
}

/** The case that a task of a group has ended; the value tells how. `undefined` switches the case off. */
export function joined<T>(task: Task<T> | undefined): SelectCase<Happened<PromiseSettledResult<T>>> {
  return new JoinedCase<T>(task);
}
