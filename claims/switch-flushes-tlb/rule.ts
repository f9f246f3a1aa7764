import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** A flush that we cause must show: else this processor hides what a page walk takes, and nothing can be told. */
const SHOWS = 1.5;
/** Of what a flush adds: nothing is 0, a flush is 1. */
const NOT_A_FLUSH = 0.25;
const A_FLUSH = 0.75;
const LEAST_PER_ROUND = 1.8;

export type TlbFlush = {
  /** Nanoseconds per touched page: without a switch, after one between threads, between processes, after a flush. */
  readonly pages: readonly number[];
  readonly noneNs: readonly number[];
  readonly threadNs: readonly number[];
  readonly processNs: readonly number[];
  readonly flushNs: readonly number[];
  readonly switchesPerRound: number;
};

export function decide(numbers: TlbFlush): Decision {
  const { pages, noneNs, threadNs, processNs, flushNs } = numbers;
  const thread = shareOf(threadNs, numbers);
  const process = shareOf(processNs, numbers);
  const shows = middle(flushNs.map((flush, at) => flush / (noneNs[at] ?? Number.NaN)));
  const measured = effect("of what a TLB flush adds, the share that a thread switch adds", thread * 100, "%");
  if (numbers.switchesPerRound < LEAST_PER_ROUND) {
    const found = numbers.switchesPerRound.toFixed(2);
    return undecided(`the kernel counts only ${found} switches per round trip`, measured);
  }
  if (!(shows >= SHOWS)) {
    const why = `even after a flush that was caused on purpose, touching pages takes only ${shows.toFixed(1)} times as long: it cannot be told from none here`;
    return undecided(why, measured);
  }
  const ns = (times: readonly number[]): string => `${middle(times).toFixed(1)} ns`;
  const why =
    `touching a page (${pages[0]} to ${pages.at(-1)} of them) takes ${ns(noneNs)} without a switch, ${ns(threadNs)} after a thread switch, ` +
    `${ns(processNs)} after a process switch and ${ns(flushNs)} after a real TLB flush: a thread switch adds ${(thread * 100).toFixed(0)} % of what a flush adds, a process switch ${(process * 100).toFixed(0)} %`;
  if (thread < NOT_A_FLUSH) return refuted(why, measured);
  if (thread >= A_FLUSH) return confirmed(why, measured);
  return undecided(why, measured);
}

/** The middle one over the page counts: small sets also pay for the kernel's own lines, large ones for the cache. */
function shareOf(times: readonly number[], { noneNs, flushNs }: TlbFlush): number {
  return middle(
    times.map((time, at) => {
      const none = noneNs[at] ?? Number.NaN;
      return (time - none) / ((flushNs[at] ?? Number.NaN) - none);
    }),
  );
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
