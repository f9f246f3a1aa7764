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
  /** The same of servers in Node; null under --quick. */
  readonly nodeBusySlow: number | null;
  readonly nodeLargeSlow: number | null;
  readonly nodeBusyOverflows: number | null;
  readonly nodeLargeOverflows: number | null;
};

/**
 * Pure: the large backlog of a language must be innocent, else it is not the backlog that makes connections slow there,
 * and that language cannot refute. One that can is enough: the claim makes no difference between them.
 */
export function decide(numbers: Listen): Decision {
  const { busySlow, largeSlow, readySlow, nodeBusySlow, nodeLargeSlow } = numbers;
  const servers = [{ busy: busySlow, large: largeSlow }];
  if (nodeBusySlow !== null && nodeLargeSlow !== null) {
    servers.push({ busy: nodeBusySlow, large: nodeLargeSlow });
  }
  const innocent = servers.filter(({ large }) => large < FEW);
  const worst = Math.max(...(innocent.length > 0 ? innocent : servers).map(({ busy }) => busy));
  const why = whyOf(numbers);
  const measured = effect("connections that waited for a second packet, listen(128)", worst, "%");
  if (innocent.length === 0) return undecided(why, measured);
  if (worst >= MANY) return refuted(why, measured);
  if (innocent.length === servers.length && worst < FEW && readySlow < FEW) return confirmed(why, measured);
  return undecided(why, measured);
}

function whyOf(numbers: Listen): string {
  const { connections, busyMs, withinMs, readySlow, busySlow, largeSlow, busyNever } = numbers;
  const { busyOverflows, largeOverflows, nodeBusySlow, nodeLargeSlow } = numbers;
  const share = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} %`;
  const never = busyNever > 0 ? ` (${share(busyNever)} were not open after ${withinMs} ms)` : "";
  const node =
    nodeBusySlow === null || nodeLargeSlow === null
      ? ""
      : `. To a server in Node, as busy, it was ${share(nodeBusySlow)} with a backlog of 128 and ${share(nodeLargeSlow)} with 4096`;
  return `of ${connections} connections at once to a server in Python that is busy for ${busyMs} ms, ${share(busySlow)} took about a second or more to open with listen(128)${never}, and ${share(largeSlow)} with a backlog of 4096; the queue was found full ${busyOverflows.toFixed(0)} and ${largeOverflows.toFixed(0)} times. With listen(128) and a server that accepts all the while it was ${share(readySlow)}${node}`;
}
