import type { WaitEdge } from "../error/errors.js";
import { report } from "../group/config.js";
import type { Scope } from "../group/scope.js";
import { isJoin, labelOf, labelOfTask } from "./labels.js";
import type { Pending } from "./pending.js";
import { type Blocker, Facts, type Stuck } from "./stuck.js";
import { framesOf, told } from "./text.js";

interface Step {
  readonly task: Scope;
  readonly wait: Pending;
  readonly blocker: Blocker;
}

/** Tells of every circle among the stuck tasks, once; those who only wait for somebody in it are not told of again. */
export function reportHopeless(stuck: Stuck): void {
  if (stuck.size === 0) return;
  const facts = new Facts(stuck);
  for (const [task, waits] of stuck) {
    if (waits.every(({ told: done }) => done)) continue;
    const { steps, circle } = follow(task, stuck, facts);
    const known = steps.some(({ wait }) => wait.told);
    for (const { wait } of steps) wait.told = true;
    if (!known) tell(circle, circle.length > 0 && circle.at(-1)?.blocker.task !== undefined);
  }
}

/** Goes from each task to who blocks it, until one comes again or nobody is left. */
function follow(from: Scope, stuck: Stuck, facts: Facts): { steps: Step[]; circle: Step[] } {
  const steps: Step[] = [];
  let task: Scope | undefined = from;
  while (task !== undefined) {
    const again = steps.findIndex((step) => step.task === task);
    if (again >= 0) return { steps, circle: steps.slice(again) };
    const wait: Pending | undefined = stuck.get(task)?.[0];
    const blocker: Blocker | undefined = wait && facts.blocker(wait);
    if (wait === undefined || blocker === undefined) break;
    steps.push({ task, wait, blocker });
    task = blocker.task;
  }
  return { steps, circle: steps.slice(-1) };
}

function tell(steps: readonly Step[], circle: boolean): void {
  const edges = steps.map(({ task, wait, blocker }, at): WaitEdge => {
    const next = steps[(at + 1) % steps.length];
    return Object.freeze({
      waiter: labelOfTask(task),
      waitsFor: labelOf(wait.resource),
      heldBy: blocker.task === undefined ? undefined : labelOfTask(blocker.task),
      waiterStack: framesOf(wait.stack) ?? framesOf(task.stack),
      holderStack: blocker.hold === undefined ? holderStack(blocker, next) : framesOf(blocker.hold.stack),
    });
  });
  const head = circle
    ? `deadlock: ${edges.length === 1 ? "a task waits for itself" : `${edges.length} tasks wait for each other`} and none can ever go on. ` +
      "Break the circle: take the locks in one order, release before waiting, or give one wait a timeout"
    : "a wait can never end: the guard of what it waits for was dropped without being released. Hold locks by `using`";
  const lines = edges.map(
    ({ waiter, waitsFor, heldBy, waiterStack, holderStack: held }) =>
      `\n- ${waiter} waits for ${waitsFor}, held by ${heldBy ?? "nobody any more"}` +
      told("it waits", waiterStack) +
      told("held since", held),
  );
  const missing = edges.some(
    ({ waiterStack, holderStack: held }) => waiterStack === undefined || held === undefined,
  );
  report({
    kind: "deadlock",
    message: head + lines.join("") + (missing ? SPARSE : ""),
    edges,
    stacks: stacksOf(edges),
  });
}

const SPARSE = "\n(some stacks were not taken: there are too many waits a second to take all)";

/** Who holds no lock is waited for itself: where it was started, or where it stands. */
function holderStack({ task }: Blocker, next: Step | undefined): string | undefined {
  const waits = next?.task === task ? framesOf(next?.wait.stack) : undefined;
  return waits ?? framesOf(task?.stack);
}

const SHOWN = 20;

/** Nothing will ever happen in this process again: the waits that are not joins are why. */
export function reportIdle(pending: Iterable<Pending>): void {
  const waits = [...pending].filter(({ told: done, resource }) => !done && !isJoin(resource));
  if (waits.length === 0) return;
  for (const wait of waits) wait.told = true;
  const shown = waits.slice(0, SHOWN);
  const edges = shown.map(
    ({ record, resource, stack }): WaitEdge =>
      Object.freeze({
        waiter: record.owner === undefined ? "somebody" : labelOfTask(record.owner.task),
        waitsFor: labelOf(resource),
        heldBy: undefined,
        waiterStack: framesOf(stack),
        holderStack: undefined,
      }),
  );
  const rest = waits.length > SHOWN ? `\n- and ${waits.length - SHOWN} more` : "";
  report({
    kind: "deadlock",
    message:
      `the process has nothing left to do, and ${waits.length === 1 ? "one wait" : `${waits.length} waits`} can never end. ` +
      "Close channels that get no more items, release locks, cancel groups that are done" +
      edges
        .map(
          ({ waiter, waitsFor, waiterStack }) =>
            `\n- ${waiter} waits for ${waitsFor}${told("it waits", waiterStack)}`,
        )
        .join("") +
      rest,
    edges,
    stacks: stacksOf(edges),
  });
}

function stacksOf(edges: readonly WaitEdge[]): string[] {
  return edges
    .flatMap(({ waiterStack, holderStack: held }) => [waiterStack, held])
    .filter((stack) => stack !== undefined);
}
