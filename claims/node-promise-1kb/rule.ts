import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** The claim's figure, KiB. */
export const CLAIMED_KB = 1;
/** Up to twice the figure is "about 1 KB"; from two and a half times it is not. Between them nobody can say. */
const STILL_KB = 2;
const NOT_KB = 2.5;

export type NodePromise = {
  /** The sweep of timers and waiting async functions, and that of connections. */
  readonly waits: readonly number[];
  readonly connections: readonly number[];
  /** MiB of the process above none, garbage collected, at each count. */
  readonly callbacksMb: readonly number[];
  readonly promisesMb: readonly number[];
  readonly tcpMb: readonly number[];
  readonly httpMb: readonly number[];
  /** KiB for one more: slopes of the sweeps. */
  readonly callbackKb: number;
  readonly promiseKb: number;
  readonly tcpKb: number;
  readonly httpKb: number;
  /** KiB of kernel memory for the server's end of one TCP connection. */
  readonly socketKb: number;
};

/** Pure. A connection counts whole, process and kernel; the dearer of the two kinds is what servers are made of. */
export function decide(numbers: NodePromise): Decision {
  const { callbackKb, promiseKb, tcpKb, httpKb, socketKb } = numbers;
  const kb = (value: number): string => `${value.toFixed(1)} KB`;
  const wait = Math.max(callbackKb, promiseKb);
  const connection = Math.max(tcpKb, httpKb) + socketKb;
  const why = `a pending timer with its callback takes ${kb(callbackKb)}, a waiting async function ${kb(promiseKb)}, an idle TCP connection ${kb(tcpKb)}, an idle HTTP connection ${kb(httpKb)}, and the kernel ${kb(socketKb)} for each socket`;
  const measured = effect(
    "memory of one idle HTTP connection in Node, process and kernel",
    httpKb + socketKb,
    "KB",
  );
  if (wait >= NOT_KB) return refuted(why, measured);
  if (wait <= STILL_KB && connection <= STILL_KB) return confirmed(why, measured);
  if (wait <= STILL_KB && connection >= NOT_KB) {
    return depends("what is counted: the pending callback, or the connection that it serves", why, measured);
  }
  return undecided(why, measured);
}
