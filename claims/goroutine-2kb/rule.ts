import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** The claim's figure, KiB. */
export const CLAIMED_KB = 2;
/** Up to twice the figure is "about 2 KB"; from two and a half times it is not. Between them nobody can say. */
const STILL_KB = 4;
const NOT_KB = 5;

export type Goroutine = {
  /** The sweep: so many goroutines or connections at once. */
  readonly counts: readonly number[];
  /** MiB of the process above none, garbage freed, at each count. */
  readonly sleepMb: readonly number[];
  readonly tcpMb: readonly number[];
  readonly httpMb: readonly number[];
  /** KiB for one more: slopes of the sweeps. */
  readonly sleepKb: number;
  readonly tcpKb: number;
  readonly httpKb: number;
  /** KiB of kernel memory for the server's end of one TCP connection. */
  readonly socketKb: number;
};

/** Pure. A connection counts whole, process and kernel; the dearer of the two kinds is what servers are made of. */
export function decide(numbers: Goroutine): Decision {
  const { sleepKb, tcpKb, httpKb, socketKb } = numbers;
  const kb = (value: number): string => `${value.toFixed(1)} KB`;
  const dearest = Math.max(tcpKb, httpKb) + socketKb;
  const why = `a sleeping goroutine takes ${kb(sleepKb)}, one that serves a TCP connection ${kb(tcpKb)}, an idle net/http connection ${kb(httpKb)}, and the kernel ${kb(socketKb)} for each socket`;
  const measured = effect(
    "memory of one idle net/http connection, process and kernel",
    httpKb + socketKb,
    "KB",
  );
  if (sleepKb >= NOT_KB) return refuted(why, measured);
  if (sleepKb <= STILL_KB && dearest <= STILL_KB) return confirmed(why, measured);
  if (sleepKb <= STILL_KB && dearest >= NOT_KB) {
    return depends("what the goroutine does: sleep, or serve a connection", why, measured);
  }
  return undecided(why, measured);
}
