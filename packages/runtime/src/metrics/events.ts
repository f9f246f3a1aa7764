import { type Channel, channel } from "node:diagnostics_channel";
import type { Report } from "../group/config.js";

/** What is said of one pool task. `task` is the pool's own number of the call; `name` is the function called. */
export interface PoolTaskEvent {
  readonly pool: string;
  readonly task: number;
  readonly name: string;
  readonly worker?: number | undefined;
}

/** How a task ended. `died`: its worker ended while it ran. */
export type TaskOutcome = "ok" | "failed" | "cancelled" | "died";

interface PoolTaskEnd extends PoolTaskEvent {
  readonly outcome: TaskOutcome;
  /** Time in the worker, milliseconds; absent when the task never started. */
  readonly runMs?: number | undefined;
  readonly error?: unknown;
}

interface PoolWorkerEvent {
  readonly pool: string;
  /** The worker's `threadId`. */
  readonly worker: number;
}

interface GroupTaskEvent {
  readonly group: string;
  readonly task: string;
}

interface ChannelEvent {
  readonly channel: string;
}

interface LockEvent {
  readonly lock: string;
  readonly kind: "mutex" | "read" | "write" | "semaphore";
}

/** Every `diagnostics_channel` of the library and the message it carries. Fields may be added; none is removed. */
export interface HeddleEvents {
  "heddle:pool:task:queued": PoolTaskEvent & { readonly priority?: number | undefined };
  "heddle:pool:task:start": PoolTaskEvent & { readonly waitMs?: number | undefined };
  "heddle:pool:task:end": PoolTaskEnd;
  "heddle:pool:task:cancel": PoolTaskEvent & { readonly running: boolean; readonly reason: unknown };
  "heddle:pool:worker:start": PoolWorkerEvent;
  "heddle:pool:worker:exit": PoolWorkerEvent & {
    readonly exitCode: number | undefined;
    readonly why: string;
  };
  "heddle:group:start": { readonly group: string; readonly parent?: string | undefined };
  "heddle:group:cancel": { readonly group: string; readonly reason: unknown };
  "heddle:group:end": { readonly group: string; readonly outcome: "ok" | "failed" | "cancelled" };
  "heddle:group:task:start": GroupTaskEvent;
  "heddle:group:task:end": GroupTaskEvent & {
    readonly outcome: "ok" | "failed" | "cancelled";
    readonly error?: unknown;
  };
  "heddle:channel:wait": ChannelEvent & { readonly side: "send" | "receive" };
  "heddle:channel:close": ChannelEvent & { readonly error?: unknown };
  "heddle:channel:missed": ChannelEvent & { readonly missed: number };
  "heddle:lock:wait": LockEvent & { readonly waiting: number };
  "heddle:lock:acquire": LockEvent & { readonly waitedMs?: number | undefined };
  "heddle:lock:release": LockEvent & { readonly heldMs?: number | undefined };
  "heddle:loop:blocked": { readonly loop: string; readonly blockedMs: number; readonly startedAt: number };
  "heddle:report": Report;
}

export type EventName = keyof HeddleEvents;

/** A typed view of one `diagnostics_channel`. `hasSubscribers` is one property read. */
export interface HeddleEvent<Message> {
  readonly name: string;
  readonly hasSubscribers: boolean;
  publish(message: Message): void;
}

/**
 * The channel of that name, to be kept in a constant of the module that publishes:
 * `const started = event("heddle:pool:task:start")`, then on the hot path
 * `if (started.hasSubscribers) started.publish({ ... })`, so that nobody's message is not even built. The constant matters:
 * Node keeps channels by weak reference, and one that was collected would lose its subscribers' view.
 */
export function event<Name extends EventName>(name: Name): HeddleEvent<HeddleEvents[Name]> {
  return channel(name) as Channel & HeddleEvent<HeddleEvents[Name]>;
}

/**
 * Publishes where building the message costs nothing worth saving. One property read when nobody subscribes.
 * A subscriber that throws does not reach the caller: Node raises it as an uncaught exception.
 */
export function publish<Message>(to: HeddleEvent<Message>, message: Message): void {
  if (to.hasSubscribers) to.publish(message);
}
