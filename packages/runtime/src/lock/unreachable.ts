import { report } from "../group/config.js";
import type { WaitRecord } from "../group/wait.js";
import { type Tracked, track } from "../metrics/tracking.js";
import { labelOf, waitOf } from "./labels.js";
import { spend, spendText } from "./stacks.js";
import { framesOf, told } from "./text.js";

interface Loose {
  readonly label: string;
  readonly stack: string | undefined;
  readonly tracked: Tracked;
}

/**
 * Waits outside every group. Nothing of ours keeps them alive, so one that is collected as garbage before it ended is proof: nobody
 * can reach the channel or the lock any more, and who awaits it never goes on. Only text is kept of it: a stack that is not
 * rendered would keep alive what it shows.
 */
const collected = new FinalizationRegistry<Loose>(({ label, stack, tracked }) => {
  tracked.end();
  // One line of code is told of once, and a wait of which nothing is known that a person could act on not at all.
  if (stack === undefined || places.has(stack)) return;
  if (places.size >= PLACES) places.clear();
  places.add(stack);
  report({
    kind: "deadlock",
    message:
      `a wait for ${label} can never end: nothing can reach ${label} any more, so nobody can send, close or release. ` +
      "Keep the other end where it is used, or close it when it is done" +
      told("it waited", stack),
    stacks: [stack],
    edges: [
      Object.freeze({
        waiter: "somebody outside every group",
        waitsFor: label,
        heldBy: undefined,
        waiterStack: stack,
        holderStack: undefined,
      }),
    ],
  });
});

const PLACES = 256;
const places = new Set<string>();

const loose = new WeakMap<WaitRecord, Tracked>();

export function watchLoose(record: WaitRecord, resource: unknown): void {
  const label = labelOf(resource);
  const stack = spendText() ? framesOf(spend(watchLoose)) : undefined;
  const tracked = track("waiter", waitOf(record, resource), stack ?? "");
  loose.set(record, tracked);
  collected.register(record, { label, stack, tracked }, record);
}

export function forgetLoose(record: WaitRecord): void {
  const tracked = loose.get(record);
  if (tracked === undefined) return;
  loose.delete(record);
  tracked.end();
  collected.unregister(record);
}
