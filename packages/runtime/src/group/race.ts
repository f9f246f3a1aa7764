import { BadOptionError } from "../error/errors.js";
import { GroupScope } from "./group-scope.js";
import { onEnd, type TaskScope } from "./task.js";
import type { Task } from "./types.js";

type Contender = (self: Task<unknown>) => unknown;
type Result<F extends Contender> = Awaited<ReturnType<F>>;
type Outcome = PromiseSettledResult<unknown>;

/**
 * Starts all functions and settles as the first of them to settle; the others are cancelled and awaited first. What losers
 * throw after they have lost is dropped. `race([])` would never settle: it rejects with BadOptionError.
 */
export async function race<F extends Contender>(fns: Iterable<F>): Promise<Result<F>> {
  const { winner } = await compete(fns, "race", race, () => true);
  if (winner === undefined) throw new BadOptionError("what race starts", fns, "at least one function");
  if (winner.status === "rejected") throw winner.reason;
  return winner.value as Result<F>;
}

/**
 * Starts all functions and resolves as the first of them to succeed; the others are cancelled and awaited first. If all fail
 * it rejects with an AggregateError of their errors, in the order of `fns`.
 */
export async function any<F extends Contender>(fns: Iterable<F>): Promise<Result<F>> {
  const { winner, errors } = await compete(fns, "any", any, (outcome) => outcome.status === "fulfilled");
  if (winner?.status === "fulfilled") return winner.value as Result<F>;
  throw new AggregateError(errors, `all ${errors.length} functions given to any failed`);
}

async function compete(
  fns: Iterable<Contender>,
  name: string,
  above: (...args: never[]) => unknown,
  wins: (outcome: Outcome) => boolean,
): Promise<{ winner: Outcome | undefined; errors: readonly unknown[] }> {
  const scope = new GroupScope({ name, onError: "collect" }, above);
  const errors: unknown[] = [];
  let winner: Outcome | undefined;
  const settled = (index: number, outcome: Outcome) => {
    if (outcome.status === "rejected") errors[index] = outcome.reason;
    if (winner !== undefined || scope.cause !== undefined || !wins(outcome)) return;
    winner = outcome;
    scope.cancel(LOST);
  };
  let index = 0;
  for (const fn of fns) {
    if (scope.cause !== undefined) break;
    const at = index++;
    const task = scope.spawn(fn) as TaskScope<unknown>;
    const outcome = task.outcome;
    if (outcome !== undefined) settled(at, outcome);
    else onEnd(task, (late) => settled(at, late));
  }
  await scope.childrenEnded();
  const cause = scope.cause;
  scope.finish(winner === undefined ? "failed" : "ok");
  if (winner === undefined && cause !== undefined) throw cause.error;
  return { winner, errors };
}

const LOST = "another one was first";
