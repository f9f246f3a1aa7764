import { AsyncLocalStorage } from "node:async_hooks";
import { whenReports } from "../group/config.js";
import { setWaitObserver, type WaitObserver, type WaitRecord } from "../group/wait.js";
import { track } from "../metrics/tracking.js";
import { reportHopeless, reportIdle } from "./graph-report.js";
import { heldLocks } from "./held.js";
import { setLockWatch } from "./hold.js";
import { isJoin, waitOf } from "./labels.js";
import { Pending } from "./pending.js";
import { budgetUsed, refill, spend } from "./stacks.js";
import { findStuck } from "./stuck.js";
import { forgetLoose, watchLoose } from "./unreachable.js";

/**
 * The one wait-for graph: every parked wait of a task, what it waits for, who holds that. It is looked at each TICK_MS, and only
 * waits that were there the time before count: a report comes 200 to 400 ms after the wait became hopeless, and what resolves
 * itself in a moment is never told. A look that took long makes the next one later: it takes 3 % of the time at most.
 */
const TICK_MS = 200;
const SHARE = 30;

const pending = new Map<WaitRecord, Pending>();
let ticks = 0;
let changes = 0;
let seen = 0;
let armed = false;
let quiet = 0;
let listening = false;

/** Made outside every group: the timer must not keep the group alive that happened to begin the first wait. */
const outside = AsyncLocalStorage.snapshot();

const observer: WaitObserver = { begin, end };

function begin(record: WaitRecord, resource: unknown): void {
  changes += 1;
  if (record.owner === undefined) {
    watchLoose(record, resource);
  } else {
    const stack = spend(begin);
    // A join is no leak of its own: the task or group that is joined is in the list already.
    const tracked = isJoin(resource) ? undefined : track("waiter", waitOf(record, resource), stack ?? "");
    pending.set(record, new Pending(record, resource, stack, tracked, ticks));
  }
  if (!armed) arm(TICK_MS);
}

function end(record: WaitRecord): void {
  changes += 1;
  const wait = pending.get(record);
  if (wait === undefined) {
    if (record.owner === undefined) forgetLoose(record);
    return;
  }
  pending.delete(record);
  wait.tracked?.end();
}

function arm(ms: number): void {
  armed = true;
  if (!listening) {
    listening = true;
    process.on("beforeExit", whenIdle);
  }
  outside(() => setTimeout(tick, ms).unref());
}

function tick(): void {
  armed = false;
  ticks += 1;
  const began = performance.now();
  const spent = budgetUsed();
  refill();
  if (pending.size > 0) reportHopeless(findStuck(pending.values(), ticks - 2));
  // A wait that has been looked at twice stays as it is until something changes; nobody is woken for it in between.
  quiet = changes === seen ? quiet + 1 : 0;
  seen = changes;
  if (spent || (pending.size > 0 && quiet < 3)) arm(Math.max(TICK_MS, (performance.now() - began) * SHARE));
}

/** Nothing keeps the process alive: no timer, no socket, no thread. What waits now waits for ever. */
function whenIdle(): void {
  if (pending.size === 0) return;
  reportHopeless(findStuck(pending.values(), Number.POSITIVE_INFINITY));
  reportIdle(pending.values());
}

let watching = false;

/** Puts the graph in place for whenever reports are on. Once is enough: loading this file does it. */
export function watchWaits(): void {
  if (watching) return;
  watching = true;
  whenReports(follow);
}

watchWaits();

function follow(on: boolean): void {
  setWaitObserver(on ? observer : undefined);
  setLockWatch(on ? heldLocks(used, (waiter) => pending.get(waiter)?.stack) : undefined);
  if (on) return;
  for (const wait of pending.values()) wait.tracked?.end();
  pending.clear();
}

function used(): void {
  if (!armed) arm(TICK_MS);
}
