import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

export const CLAIMED_SWITCH_NS = 100;
export const CLAIMED_CALLBACK_NS = 50;
/** A round figure without a runtime beside it is met by what lies within half a decade of it. */
const HALF_A_DECADE = Math.sqrt(10);

export type AsyncSwitch = {
  /** Nanoseconds per step. Switches first: two asyncio tasks in turn, a thousand, bare generators, two async functions in Node. */
  readonly twoTasksNs: number;
  readonly manyTasksNs: number;
  readonly generatorsNs: number;
  readonly awaitsNs: number;
  /** Callbacks that each schedule the next: asyncio's call_soon; Node's microtasks, ticks and immediates. */
  readonly callSoonNs: number;
  readonly microtasksNs: number;
  readonly ticksNs: number;
  readonly immediatesNs: number;
  /** Python's await of a coroutine that does not wait: no switch at all. */
  readonly awaitedNs: number;
};

interface Way {
  readonly name: string;
  readonly ns: number;
  readonly claimed: number;
}

export function waysOf(numbers: AsyncSwitch): readonly Way[] {
  const switching = (name: string, ns: number): Way => ({ name, ns, claimed: CLAIMED_SWITCH_NS });
  const callback = (name: string, ns: number): Way => ({ name, ns, claimed: CLAIMED_CALLBACK_NS });
  return [
    switching("2 asyncio tasks", numbers.twoTasksNs),
    switching("1,000 asyncio tasks", numbers.manyTasksNs),
    switching("bare generators", numbers.generatorsNs),
    switching("await in Node", numbers.awaitsNs),
    callback("asyncio's call_soon", numbers.callSoonNs),
    callback("queueMicrotask", numbers.microtasksNs),
    callback("process.nextTick", numbers.ticksNs),
    callback("setImmediate", numbers.immediatesNs),
  ];
}

export function decide(numbers: AsyncSwitch): Decision {
  const ways = waysOf(numbers);
  const measured = effect("a switch between two asyncio tasks", numbers.twoTasksNs, "ns");
  const list = (claimed: number): string =>
    ways
      .filter((way) => way.claimed === claimed)
      .map(({ name, ns }) => `${name} ${ns.toFixed(0)}`)
      .join(", ");
  const why =
    `in ns, claimed ${CLAIMED_SWITCH_NS} for a switch: ${list(CLAIMED_SWITCH_NS)}; claimed ${CLAIMED_CALLBACK_NS} for a callback: ${list(CLAIMED_CALLBACK_NS)}. ` +
    `Python's await of what does not wait takes ${numbers.awaitedNs.toFixed(0)}, but switches nothing`;
  const inside = ways.filter(isNear).length;
  if (inside === ways.length) return confirmed(why, measured);
  if (inside === 0) return refuted(why, measured);
  return depends("the runtime and the way of scheduling", why, measured);
}

function isNear({ ns, claimed }: Way): boolean {
  return ns >= claimed / HALF_A_DECADE && ns <= claimed * HALF_A_DECADE;
}
