import type { MessagePort } from "node:worker_threads";
import type { PackedError } from "./error.js";

/** What a worker is started with. */
export interface Start {
  readonly buffer: SharedArrayBuffer;
  /** See `Arena`. */
  readonly arena: SharedArrayBuffer;
  readonly threads: number;
  readonly index: number;
  readonly module: string;
  readonly port: MessagePort;
  readonly nice: number;
  /** The worker stops by itself after so many tasks, or when its heap holds more bytes than this; Infinity for never. */
  readonly afterTasks: number;
  readonly heapAbove: number;
  readonly pool: string;
}

/** Host to worker: the arguments of a task that do not fit into its cell. `entry` says which task. */
export interface CallMessage {
  readonly type: "call";
  readonly entry: number;
  readonly args: readonly unknown[];
}

/** Worker to host, in the order in which they were posted. */
export type Message =
  | { readonly type: "ready"; readonly names: readonly string[] }
  | { readonly type: "load-failed"; readonly error: PackedError }
  /** It takes no more tasks, and ends as soon as nothing of the user's keeps its event loop alive. */
  | { readonly type: "stopped" }
  | { readonly type: "result"; readonly entry: number; readonly value: unknown }
  | { readonly type: "error"; readonly entry: number; readonly error: PackedError }
  | { readonly type: "not-cloneable"; readonly entry: number; readonly why: string }
  | { readonly type: "no-such-task"; readonly entry: number; readonly names: readonly string[] }
  | { readonly type: "started"; readonly entry: number; readonly startedMs: number }
  | { readonly type: "progress"; readonly entry: number; readonly value: unknown };

/** How many items of a stream a worker may send before its reader has read any. */
export const STREAM_CREDIT = 64;

/**
 * Worker to reader, on the port of a stream. Its end comes as the end of the task. "failed" is an end that the task cannot tell;
 * "not-closed" is what the generator threw when its reader had left. "over" is the last: the generator has ended, whatever way.
 */
export type StreamMessage =
  | { readonly type: "items"; readonly items: readonly unknown[] }
  | { readonly type: "failed" | "not-closed"; readonly error: PackedError }
  | { readonly type: "over" };

/** Reader to worker, on the port of a stream: so many items were read, or the reader has left. */
export type StreamCommand = { readonly type: "credit"; readonly count: number } | { readonly type: "stop" };
