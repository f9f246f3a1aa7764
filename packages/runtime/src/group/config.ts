import { channel } from "node:diagnostics_channel";
import type { WaitEdge } from "../error/errors.js";
import { checkOptions, type Rules } from "../error/options.js";

/** Something a person should look at. Nothing is thrown for it: what it tells of goes on as it was. */
export interface Report {
  /** "deadlock", "lock-order", "ignores-cancel", "leak", ... */
  readonly kind: string;
  /** The whole story as text. */
  readonly message: string;
  readonly edges?: readonly WaitEdge[];
  readonly stacks: readonly string[];
}

export type ReportListener = (report: Report) => void;

export interface Configuration {
  /** Deadlocks, lock order, tasks that ignore cancel, leaks. Default: on, unless NODE_ENV is "production". */
  readonly reports?: "on" | "off";
}

const reportChannel = channel("heddle:report");
const listeners = new Set<ReportListener>();
const watchers = new Set<(on: boolean) => void>();

/** Warnings already given, so that each comes once; the oldest is forgotten beyond this many. */
const WARNED = 1_000;
const warned = new Set<string>();

let on = process.env["NODE_ENV"] !== "production";

const CONFIGURATION: Rules<Configuration> = {
  reports: (value) => value !== "on" && value !== "off" && '"on" or "off"',
};

/** Sets what is given for the whole process. A wrong value throws BadOptionError. */
export function configure(configuration: Configuration): void {
  checkOptions(configuration, CONFIGURATION);
  const { reports } = configuration;
  if (reports === undefined) return;
  if (on === (reports === "on")) return;
  on = reports === "on";
  for (const watcher of watchers) watcher(on);
}

/** Hears every report; with a listener, none goes to `process.emitWarning`. Returns what ends listening. */
export function onReport(listener: ReportListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function reportsOn(): boolean {
  return on;
}

/** Calls `watcher` now and on each change: for what must be put in place while reports are on. */
export function whenReports(watcher: (on: boolean) => void): void {
  watchers.add(watcher);
  watcher(on);
}

/** Sends a report to the listeners, to the diagnostics channel `heddle:report`, or else warns, once each. */
export function report(what: Report): void {
  if (!on) return;
  const frozen = Object.freeze({ ...what });
  if (reportChannel.hasSubscribers) reportChannel.publish(frozen);
  if (listeners.size > 0) {
    for (const listener of listeners) listener(frozen);
    return;
  }
  const key = `${frozen.kind}\n${frozen.message}`;
  if (warned.has(key)) return;
  for (const oldest of warned) {
    if (warned.size < WARNED) break;
    warned.delete(oldest);
  }
  warned.add(key);
  process.emitWarning(frozen.message, { type: "HeddleWarning", code: `HEDDLE_${frozen.kind.toUpperCase()}` });
}

/** A stack that is made into text only when read: capturing costs a microsecond or two, formatting ten times that. */
export interface LazyStack {
  readonly stack?: string;
}

/** Where we were called from, without the frames from `above` on, if reports are on. Holds memory while it is held. */
export function captureStack(above: (...args: never[]) => unknown): LazyStack | undefined {
  if (!on) return undefined;
  const holder: LazyStack = {};
  Error.captureStackTrace(holder, above);
  return holder;
}
