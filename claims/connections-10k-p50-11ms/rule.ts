import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

export const CLAIMED_CONNECTIONS = 10_000;
export const CLAIMED_P50_MS = 11;
/** CPU per request of the claim's table, in ms: the cheapest. */
const CLAIMED_CPU_MS = 0.2;
/** A tenth of the wait is what the claim leaves for everything else; twice its figure is no rounding. */
const FAR_OVER = 2;
const WITHIN = 1.2;
/** What one loop may keep busy, its collector's threads included: above it there was more than one, or a wrong count. */
const ONE_LOOP = 1.5;

export type Connections = {
  readonly waitMs: number;
  /** Clients that ask again as soon as they were answered, and what that gave. */
  readonly connections: readonly number[];
  readonly p50Ms: readonly number[];
  readonly answeredPerS: readonly number[];
  /** CPU of the server for one request, at the largest number of connections. */
  readonly cpuMs: number;
  readonly coresBusy: number;
  /** The same server where connections ask seldom: so many, at this rate together. */
  readonly seldomConnections: number;
  readonly seldomPerS: number;
  readonly seldomP50Ms: number;
};

/** Pure. A loop answers at most 1 / D requests in a second, so N that always ask wait N * D at the least. */
export function decide(numbers: Connections): Decision {
  const { connections, p50Ms, cpuMs, coresBusy, seldomConnections, seldomPerS, seldomP50Ms } = numbers;
  const lawMs = CLAIMED_CONNECTIONS * cpuMs;
  const cores = (CLAIMED_CONNECTIONS / CLAIMED_P50_MS) * CLAIMED_CPU_MS;
  const each = connections.map((count, at) => `${count}: ${(p50Ms[at] ?? Number.NaN).toFixed(0)} ms`);
  const why = `p50 by connections that ask again at once is ${each.join(", ")}; at ${cpuMs.toFixed(3)} ms of CPU per request one loop needs ${lawMs.toFixed(0)} ms for each of 10,000 (with the claimed 0.2 ms, 11 ms would take ${cores.toFixed(0)} cores). Where ${seldomConnections} connections ask seldom, ${seldomPerS.toFixed(0)} requests/s in all, p50 is ${seldomP50Ms.toFixed(1)} ms`;
  const measured = effect("least mean latency of 10,000 connections on one loop", lawMs, "ms");
  if (!(coresBusy <= ONE_LOOP)) return undecided(why, measured);
  if (lawMs >= FAR_OVER * CLAIMED_P50_MS) return refuted(why, measured);
  if (lawMs <= WITHIN * CLAIMED_P50_MS) return confirmed(why, measured);
  return undecided(why, measured);
}
