import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

export const CLAIMED_CONNECTIONS = 10_000;
export const CLAIMED_P50_MS = 11;
/** CPU per request of the claim's table, in ms: the cheapest. */
const CLAIMED_CPU_MS = 0.2;
/** A tenth of the wait is what the claim leaves for everything else; twice its figure is no rounding. */
const FAR_OVER = 2;
const WITHIN = 1.2;
/** What a server may keep busy beyond the cores that its requests run on, its collector's threads for one: above it, a wrong count. */
const BESIDE = 0.5;

export type Connections = {
  readonly waitMs: number;
  /** Clients that ask Node again as soon as they were answered, and what that gave. */
  readonly connections: readonly number[];
  readonly p50Ms: readonly number[];
  readonly answeredPerS: readonly number[];
  /** CPU of the Node server for one request, at the largest number of connections. */
  readonly cpuMs: number;
  readonly coresBusy: number;
  /** The others, at that number; null under --quick, too. */
  readonly asyncioP50Ms: number | null;
  readonly asyncioCpuMs: number | null;
  readonly asyncioCoresBusy: number | null;
  readonly goP50Ms: number | null;
  readonly goCpuMs: number | null;
  readonly goCoresBusy: number | null;
  /** On how many Go runs its goroutines at once. */
  readonly goCores: number | null;
  /** The same Node server where connections ask seldom: so many, at this rate together. */
  readonly seldomConnections: number;
  readonly seldomPerS: number;
  readonly seldomP50Ms: number;
};

/** Who answers with 11 ms, `near`: too near to the line to tell; `void`: what was counted cannot be. */
type Judgement = "holds" | "fails" | "near" | "void";

interface Server {
  readonly name: string;
  readonly p50Ms: number;
  readonly cpuMs: number;
  readonly cores: number;
  readonly lawMs: number;
  readonly judgement: Judgement;
}

/**
 * Pure. C cores answer at most C / D requests in a second, so N that always ask wait N * D / C at the least; a loop has
 * one core. The claim is about all three: one that fails refutes it, and to confirm it each has to hold.
 */
export function decide(numbers: Connections): Decision {
  const servers = serversOf(numbers);
  const sound = servers.filter(({ judgement }) => judgement !== "void");
  const dearest = Math.max(...(sound.length > 0 ? sound : servers).map(({ lawMs }) => lawMs));
  const measured = effect("least mean latency of 10,000 connections, dearest server", dearest, "ms");
  const why = whyOf(numbers, servers);
  if (servers.some(({ judgement }) => judgement === "fails")) return refuted(why, measured);
  const all = servers.length === 3 && servers.every(({ judgement }) => judgement === "holds");
  return all ? confirmed(why, measured) : undecided(why, measured);
}

function serversOf(numbers: Connections): Server[] {
  const { asyncioP50Ms, asyncioCpuMs, asyncioCoresBusy, goP50Ms, goCpuMs, goCoresBusy, goCores } = numbers;
  const servers = [server("Node", numbers.p50Ms.at(-1) ?? Number.NaN, numbers.cpuMs, numbers.coresBusy, 1)];
  if (asyncioP50Ms !== null && asyncioCpuMs !== null && asyncioCoresBusy !== null) {
    servers.push(server("asyncio", asyncioP50Ms, asyncioCpuMs, asyncioCoresBusy, 1));
  }
  if (goP50Ms !== null && goCpuMs !== null && goCoresBusy !== null && goCores !== null) {
    servers.push(server("Go", goP50Ms, goCpuMs, goCoresBusy, goCores));
  }
  return servers;
}

function server(name: string, p50Ms: number, cpuMs: number, coresBusy: number, cores: number): Server {
  const lawMs = (CLAIMED_CONNECTIONS * cpuMs) / cores;
  const counted = coresBusy <= cores + BESIDE;
  return { name, p50Ms, cpuMs, cores, lawMs, judgement: counted ? judge(lawMs) : "void" };
}

function judge(lawMs: number): Judgement {
  if (lawMs >= FAR_OVER * CLAIMED_P50_MS) return "fails";
  return lawMs <= WITHIN * CLAIMED_P50_MS ? "holds" : "near";
}

const verdicts: readonly (readonly [Judgement, string])[] = [
  ["fails", "11 ms are out of reach of"],
  ["holds", "11 ms are within reach of"],
  ["near", "too near to 11 ms to tell is"],
  ["void", "more cores than it can use were counted for"],
];

function whyOf(numbers: Connections, servers: readonly Server[]): string {
  const { connections, p50Ms, seldomConnections, seldomPerS, seldomP50Ms } = numbers;
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  const each = connections.map((count, at) => `${count}: ${ms(p50Ms[at] ?? Number.NaN)}`);
  const others = servers.slice(1).map(({ name, p50Ms }) => `${ms(p50Ms)} in ${name}`);
  const beside = others.length === 0 ? "" : `, and with ${connections.at(-1)} it is ${others.join(" and ")}`;
  const laws = servers.map(({ name, cpuMs, cores, lawMs }) => {
    const on = cores === 1 ? "one core" : `${cores} cores`;
    return `${ms(lawMs)} in ${name} (${cpuMs.toFixed(3)} ms of CPU per request, on ${on})`;
  });
  const said = verdicts.flatMap(([which, words]) => {
    const names = servers.filter(({ judgement }) => judgement === which).map(({ name }) => name);
    return names.length === 0 ? [] : [`${words} ${names.join(", ")}`];
  });
  const claimedCores = (CLAIMED_CONNECTIONS / CLAIMED_P50_MS) * CLAIMED_CPU_MS;
  const seldom = `Where ${seldomConnections} connections ask Node seldom, ${seldomPerS.toFixed(0)} requests/s in all, p50 is ${seldomP50Ms.toFixed(1)} ms`;
  return `p50 by connections that ask again at once is ${each.join(", ")} in Node${beside}. With 10,000 an answer takes at least ${laws.join(", ")}: ${said.join("; ")} (with the claimed 0.2 ms they would take ${claimedCores.toFixed(0)} cores). ${seldom}`;
}
