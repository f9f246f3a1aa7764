import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

/** 1: the runtime ended the program with "all goroutines are asleep - deadlock!"; 0: the program hung. */
export type DeadlockUndetected = {
  readonly nothing: number;
  readonly ticker: number;
  readonly signalHandler: number;
  readonly server: number;
  /** Nothing else alive, but net/http is in the program. */
  readonly netOnly: number;
  /** Whether that program was built with cgo: "1" or "0". */
  readonly cgo: string;
  /** Milliseconds until @heddle/runtime reported the same circle beside a server and a timer; -1 if it did not. */
  readonly reportedMs: number;
};

export function decide(numbers: DeadlockUndetected): Decision {
  const { nothing, ticker, signalHandler, server, netOnly, cgo, reportedMs } = numbers;
  const cases = [
    ["nothing else", nothing],
    ["a ticker", ticker],
    ["a signal handler", signalHandler],
    ["an HTTP server", server],
  ] as const;
  const named = (wanted: number): string =>
    cases
      .filter(([, detected]) => detected === wanted)
      .map(([name]) => name)
      .join(", ");
  const found = cases.filter(([, detected]) => detected === 1).length;
  const says = found === 0 ? "in no case" : `with ${named(1)} alive`;
  const hangs = found === cases.length ? "" : `; with ${named(0)} it said nothing and the program hung`;
  const net = `With nothing alive but net/http linked in (cgo ${cgo === "1" ? "on" : "off"}) it ${netOnly === 1 ? "detects it too" : "says nothing either"}`;
  const heddle =
    reportedMs < 0
      ? "@heddle/runtime did not report the same circle"
      : `@heddle/runtime reported the same circle beside a server and a timer after ${reportedMs.toFixed(0)} ms`;
  const why = `two goroutines in a circle of two mutexes: Go detected it ${says}${hangs}. ${net}. ${heddle}`;
  const measured = effect("situations of four in which Go detects the same deadlock", found);
  if (found === cases.length) return confirmed(why, measured);
  if (found === 0) return refuted(why, measured);
  return depends("whether anything else in the program is alive", why, measured);
}
