import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** The claim's figures: about 2 KB, 20 to 25 MB at 10,000. */
export const CLAIMED_KB = 2.25;
/** Up to twice the lower figure it is "about 2 KB"; from twice the higher one it is not. Between them nobody can say. */
const STILL_KB = 4;
const NOT_KB = 5;

export type AsyncioConnection = {
  /** The sweep: so many tasks or connections at once. */
  readonly counts: readonly number[];
  /** MiB of the process above none, at each count. */
  readonly tasksMb: readonly number[];
  readonly connectionsMb: readonly number[];
  /** MiB of kernel memory above none, for the server's end of all connections. */
  readonly kernelMb: readonly number[];
  /** KiB for one more: slopes of the sweeps. */
  readonly taskKb: number;
  readonly connectionKb: number;
  readonly socketKb: number;
};

/** Pure. A connection counts whole, process and kernel, as a thread counts with its kernel stack; a task has no kernel side. */
export function decide(numbers: AsyncioConnection): Decision {
  const { taskKb, connectionKb, socketKb } = numbers;
  const wholeKb = connectionKb + socketKb;
  const kb = (value: number): string => `${value.toFixed(1)} KB`;
  const mb = (value: number): string => `${((value * 10_000) / 1_024).toFixed(0)} MB`;
  const why = `a sleeping task takes ${kb(taskKb)}, a real connection (task, StreamReader, StreamWriter, transport) ${kb(connectionKb)} in the process and ${kb(socketKb)} for its socket in the kernel; 10,000 are ${mb(taskKb)} and ${mb(wholeKb)}`;
  const measured = effect("memory of one open asyncio connection, process and kernel", wholeKb, "KB");
  if (wholeKb <= STILL_KB && taskKb <= STILL_KB) return confirmed(why, measured);
  if (wholeKb >= NOT_KB && taskKb >= NOT_KB) return refuted(why, measured);
  if (wholeKb >= NOT_KB && taskKb <= STILL_KB) {
    return depends("what a connection is: a sleeping task or an open socket", why, measured);
  }
  return undecided(why, measured);
}
