import { report } from "../group/config.js";
import type { WaitRecord } from "../group/wait.js";
import { type Tracked, track } from "../metrics/tracking.js";
import { labelOf } from "./labels.js";
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
  report({
    kind: "deadlock",
    message:
      `a wait for ${label} can never end: nothing can reach ${label} any more, so nobody can send, close or release. ` +
      "Keep the other end where it is used, or close it when it is done" +
      told("it waited", stack),
    stacks: stack === undefined ? [] : [stack],
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

const loose = new WeakMap<WaitRecord, Tracked>();

export function watchLoose(record: WaitRecord, resource: unknown): void {
  const label = labelOf(resource);
  const stack = spendText() ? framesOf(spend(watchLoose)) : undefined;
  const tracked = track("waiter", label, stack ?? "");
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
