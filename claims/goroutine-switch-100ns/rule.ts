import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

export const CLAIMED_FROM_NS = 100;
export const CLAIMED_TO_NS = 200;
/** A figure given to one digit for every machine is met by what lies within half a decade of it. */
const HALF_A_DECADE = Math.sqrt(10);
/** Gosched that mostly comes back to the same goroutine times something else. */
const LEAST_TURNS = 0.8;

export type GoroutineSwitch = {
  /** Nanoseconds per switch over an unbuffered channel, at GOMAXPROCS 1 and 2. */
  readonly channel1Ns: number;
  readonly channel2Ns: number;
  /** By runtime.Gosched at GOMAXPROCS 1, and the share of its calls after which the other goroutine ran. */
  readonly goschedNs: number;
  readonly goschedTurns: number;
  /** Over the same channel, but each goroutine locked to an OS thread: the kernel has to switch. */
  readonly lockedNs: number;
};

export function decide(numbers: GoroutineSwitch): Decision {
  const { channel1Ns, channel2Ns, goschedNs, goschedTurns, lockedNs } = numbers;
  const measured = effect(
    "a switch between two goroutines over a channel, at GOMAXPROCS 1",
    channel1Ns,
    "ns",
  );
  if (goschedTurns < LEAST_TURNS) {
    const share = (goschedTurns * 100).toFixed(0);
    return undecided(`only ${share} % of the calls of Gosched changed the goroutine`, measured);
  }
  const ns = (time: number): string => `${time.toFixed(0)} ns`;
  const why =
    `a switch takes ${ns(channel1Ns)} over a channel at GOMAXPROCS 1, ${ns(channel2Ns)} at GOMAXPROCS 2, and ${ns(goschedNs)} by Gosched; ` +
    `between goroutines that are locked to OS threads it takes ${ns(lockedNs)}, ${(lockedNs / channel1Ns).toFixed(0)} times as long`;
  const ways = [channel1Ns, channel2Ns, goschedNs];
  const inside = ways.filter(isNear).length;
  if (inside === ways.length) return confirmed(why, measured);
  if (inside === 0) return refuted(why, measured);
  return depends("how the switch comes about and the number of processors", why, measured);
}

function isNear(ns: number): boolean {
  return ns >= CLAIMED_FROM_NS / HALF_A_DECADE && ns <= CLAIMED_TO_NS * HALF_A_DECADE;
}
