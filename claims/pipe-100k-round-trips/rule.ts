import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** What the source divides out of its test: 0.487 s for 100,000 turns of the loop. */
export const CLAIMED_US = 4.9;
/** There and back: each side sleeps once for the other. */
const PER_ROUND_TRIP = 2;
/** Under a quarter of that the turns are not round trips, and what a turn takes is not a switch's price. */
const NO_ROUND_TRIPS = PER_ROUND_TRIP / 4;
/** From three quarters on nearly every turn goes there and back. */
const ROUND_TRIPS = (PER_ROUND_TRIP * 3) / 4;

export type PipeTest = {
  readonly turns: number;
  /** Switches per turn of the source's loop, both threads on one CPU and free to use all. */
  readonly streamSwitchesPinned: number;
  readonly streamSwitchesFree: number;
  readonly streamUsPinned: number;
  readonly streamUsFree: number;
  /** The same per turn with two pipes: threads of one interpreter, and two processes. */
  readonly pingSwitches: number;
  readonly pingThreadsUs: number;
  readonly pingThreadsFreeUs: number;
  readonly pingProcessesUs: number;
};

export function decide(numbers: PipeTest): Decision {
  const { turns, pingSwitches, pingThreadsUs, pingThreadsFreeUs, pingProcessesUs } = numbers;
  const streams = [numbers.streamSwitchesPinned, numbers.streamSwitchesFree];
  const most = Math.max(...streams);
  const each = (perTurn: number): string => perTurn.toFixed(2);
  const us = (time: number): string => `${time.toFixed(1)} µs`;
  const measured = effect("switches per turn of the source's loop, where a round trip has 2", most);
  if (pingSwitches < ROUND_TRIPS) {
    const why = `even two pipes, where each side has to wait, show only ${each(pingSwitches)} switches per round trip: the count of switches cannot be trusted here`;
    return undecided(why, measured);
  }
  const why =
    `in ${turns} turns of the loop there are ${streams.map(each).join(" (one CPU) and ")} (all CPUs) switches per turn: the bytes stream one way through the pipe's buffer. ` +
    `A turn takes ${us(numbers.streamUsPinned)} and ${us(numbers.streamUsFree)}; a true round trip over two pipes has ${each(pingSwitches)} switches and takes ` +
    `${us(pingThreadsUs)} between threads on one CPU, ${us(pingThreadsFreeUs)} when they may use all, ${us(pingProcessesUs)} between processes on one CPU`;
  if (most < NO_ROUND_TRIPS) return refuted(why, measured);
  if (Math.min(...streams) >= ROUND_TRIPS) return confirmed(why, measured);
  return depends("where the scheduler puts the two threads", why, measured);
}
