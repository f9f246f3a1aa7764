import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** A connection whose first packet was dropped sends the next one after a second. */
export const SLOW_MS = 900;
const MANY = 10;
const FEW = 1;

export type Listen = {
  readonly connections: number;
  readonly busyMs: number;
  readonly withinMs: number;
  /** Share of the connections that took 900 ms or more to open, in %; those not open in time are among them. */
  readonly readySlow: number;
  readonly busySlow: number;
  readonly largeSlow: number;
  /** Of those, the share that was not open when the watch ended. */
  readonly busyNever: number;
  /** How often the queue was found full during each burst. */
  readonly readyOverflows: number;
  readonly busyOverflows: number;
  readonly largeOverflows: number;
};

/** Pure: the large backlog must be innocent, else it is not the backlog that makes connections slow. */
export function decide(numbers: Listen): Decision {
  const { connections, busyMs, withinMs, readySlow, busySlow, largeSlow, busyNever } = numbers;
  const { busyOverflows, largeOverflows } = numbers;
  const share = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} %`;
  const never = busyNever > 0 ? ` (${share(busyNever)} were not open after ${withinMs} ms)` : "";
  const why = `of ${connections} connections at once to a server that is busy for ${busyMs} ms, ${share(busySlow)} took about a second or more to open with listen(128)${never}, and ${share(largeSlow)} with a backlog of 4096; the queue was found full ${busyOverflows.toFixed(0)} and ${largeOverflows.toFixed(0)} times. With listen(128) and a server that accepts all the while it was ${share(readySlow)}`;
  const measured = effect("connections that waited for a second packet, listen(128)", busySlow, "%");
  if (largeSlow >= FEW) return undecided(why, measured);
  if (busySlow >= MANY) return refuted(why, measured);
  if (busySlow < FEW && readySlow < FEW) return confirmed(why, measured);
  return undecided(why, measured);
}
