import { BadOptionError, DeadlockError } from "../error/errors.js";
import { ANY, type Rules } from "../error/options.js";
import { ambient } from "../group/scope.js";
import { ready, refuse } from "../group/slice.js";
import { park, refusal, WAIT, type WaitOptions, waitObserver } from "../group/wait.js";
import { type Outcome, SelectCase } from "./case.js";
import type { Happened } from "./cases.js";
import { oneIn } from "./chance.js";
import { type SelectResource, SelectWaiter } from "./select-waiter.js";

export interface SelectOptions extends WaitOptions {
  /** Do not wait: if no case is ready, the result is `{ key: "default" }`. */
  readonly default?: boolean | undefined;
}

const SELECT: Rules<SelectOptions> = { ...WAIT, default: ANY };

export type SelectCases = { readonly [key: string]: SelectCase<unknown> | undefined };

type OfKey<K, C> =
  C extends SelectCase<infer R> ? (R extends unknown ? { readonly key: K } & R : never) : never;

type OfDefault<O> = O extends { readonly default: true }
  ? { readonly key: "default" } & Happened<undefined>
  : never;

/** One member per key, to be told apart by `key`, and for `receive` by `done`. */
export type SelectResult<C, O = unknown> =
  | { [K in keyof C & string]: OfKey<K, C[K]> }[keyof C & string]
  | OfDefault<O>;

/**
 * Waits until one of the cases can happen, and does exactly that one. If several can happen at once, each is equally likely, so that
 * no busy channel starves another. The cases that did not happen have lost nothing and left nothing: no item was taken or sent, no
 * place in a queue is kept, no timer runs on.
 *
 * A case is switched off by `undefined`, in place of the case or of its channel. Rejects with CancelError (group or `signal`),
 * TimeoutError, with ChannelClosedError or the error of `close` when that case was the one, with DeadlockError when no case is on
 * and neither `default` nor `signal` nor `timeout` could end it.
 */
export function select<
  const C extends SelectCases & { readonly default?: never },
  const O extends SelectOptions = Record<never, never>,
>(cases: C, options?: O): Promise<SelectResult<C, O>> {
  return choose(cases, options) as Promise<unknown> as Promise<SelectResult<C, O>>;
}

function choose(cases: SelectCases, options: SelectOptions | undefined): Promise<Outcome> {
  const scope = ambient();
  const refused = refusal(scope, options, SELECT);
  if (refused !== undefined) return refused;
  if (typeof cases !== "object" || cases === null) {
    return refuse(new BadOptionError("what select() takes", cases, "an object of cases"));
  }
  const keys = Object.keys(cases);
  const wrong = firstWrong(cases, keys);
  if (wrong !== undefined) return refuse(wrong);
  if (waitObserver() !== undefined) for (const key of keys) cases[key]?.note(scope);
  let outcome: Outcome | undefined;
  try {
    outcome = takeReady(cases, keys);
  } catch (error) {
    return refuse(error);
  }
  if (outcome !== undefined) return ready(outcome);
  if (options?.default === true) return ready<Outcome>({ key: "default", value: undefined });
  return wait(cases, keys, scope, options);
}

/** Does one of the ready cases, each with the same chance: the n-th that is found takes the place with probability 1/n. */
function takeReady(cases: SelectCases, keys: readonly string[]): Outcome | undefined {
  for (;;) {
    let chosen: string | undefined;
    let found = 0;
    for (const key of keys) {
      if (cases[key]?.ready() !== true) continue;
      found += 1;
      if (oneIn(found)) chosen = key;
    }
    if (chosen === undefined) return undefined;
    // Undefined when all who waited there are being cancelled in this moment: each try has removed one at least.
    const outcome = cases[chosen]?.take(chosen);
    if (outcome !== undefined) return outcome;
  }
}

function wait(
  cases: SelectCases,
  keys: readonly string[],
  scope: ReturnType<typeof ambient>,
  options: SelectOptions | undefined,
): Promise<Outcome> {
  const select = new SelectWaiter();
  const resources: unknown[] = [];
  for (const key of keys) {
    const one = cases[key];
    if (one?.enabled !== true) continue;
    select.add(one.enlist(select, key));
    resources.push(one.resource);
  }
  if (resources.length === 0 && !canEnd(options)) return refuse(new DeadlockError(hopeless(keys)));
  const resource: SelectResource = { resources };
  return park(select, scope, options, resource);
}

function canEnd({ signal, timeout, deadline }: SelectOptions = {}): boolean {
  return (signal ?? timeout ?? deadline) !== undefined;
}

function hopeless(keys: readonly string[]): string {
  return `this select waits for ever: no cases are on (${keys}). Give it one, a timeout, or { default: true }`;
}

function firstWrong(cases: SelectCases, keys: readonly string[]): BadOptionError | undefined {
  for (const key of keys) {
    if (key === "default")
      return new BadOptionError("a key of select", key, 'any other: "default" is reserved');
    const one: unknown = cases[key];
    if (one === undefined || one instanceof SelectCase) continue;
    return new BadOptionError(
      `case ${JSON.stringify(key)}`,
      one,
      "made by receive, send, after, aborted or joined",
    );
  }
  return undefined;
}
