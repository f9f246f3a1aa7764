import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

/** Of the work that was left when it was cancelled: up to half of it done all the same counts as stopped. */
const STOPPED = 0.5;

/** The share of the work left that was done after the cancel. Null: its runtime is not here. */
export type CancelStopsWork = {
  readonly threadRunning: number;
  readonly threadQueued: number;
  readonly asyncioTask: number;
  readonly asyncioThread: number;
  /** What Future.cancel() answered for the running one. */
  readonly threadSaid: string;
  readonly completable: number | null;
  readonly interrupted: number | null;
  readonly signalIgnored: number;
  readonly signalHeeded: number;
  readonly poolLooks: number;
  readonly poolDeaf: number;
  readonly graceMs: number;
};

/** Each way to cancel, with its share; those of a missing runtime are left out. */
export function waysOf(numbers: CancelStopsWork): (readonly [name: string, share: number])[] {
  const all = [
    ["Python future, running", numbers.threadRunning],
    ["Python future, queued", numbers.threadQueued],
    ["asyncio task", numbers.asyncioTask],
    ["asyncio run_in_executor", numbers.asyncioThread],
    ["Java CompletableFuture", numbers.completable],
    ["Java Future, interrupted", numbers.interrupted],
    ["AbortSignal, ignored", numbers.signalIgnored],
    ["AbortSignal, looked at", numbers.signalHeeded],
    ["@heddle/runtime pool, signal looked at", numbers.poolLooks],
    ["@heddle/runtime pool, deaf task", numbers.poolDeaf],
  ] as const;
  return all.flatMap(([name, share]) => (share === null ? [] : [[name, share] as const]));
}

export function decide(numbers: CancelStopsWork): Decision {
  const ways = waysOf(numbers);
  const stopped = ways.filter(([, share]) => share <= STOPPED);
  const wentOn = ways.filter(([, share]) => share > STOPPED);
  const list = (some: typeof ways): string => some.map(([name]) => name).join(", ") || "none";
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  const least = percent(Math.min(1, ...wentOn.map(([, share]) => share)));
  const most = percent(Math.max(0, ...stopped.map(([, share]) => share)));
  const why = `at least ${least} of the work left was done after the cancel of: ${list(wentOn)}; at most ${most} of: ${list(stopped)}. Python answered ${numbers.threadSaid} for the running future; the worker of the deaf task was replaced after ${numbers.graceMs} ms`;
  const measured = effect(`ways to cancel, of ${ways.length}, that do not stop the work`, wentOn.length);
  if (wentOn.length === 0) return confirmed(why, measured);
  if (stopped.length === 0) return refuted(why, measured);
  return depends("what is cancelled, and whether the work looks", why, measured);
}
