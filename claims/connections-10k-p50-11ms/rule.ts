import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

export const CLAIMED_CONNECTIONS = 10_000;
export const CLAIMED_P50_MS = 11;
/** CPU per request of the claim's table, in ms: the cheapest. */
const CLAIMED_CPU_MS = 0.2;
/** A tenth of the wait is what the claim leaves for everything else; twice its figure is no rounding. */
const FAR_OVER_MS = 2 * CLAIMED_P50_MS;
const WITHIN_MS = 1.2 * CLAIMED_P50_MS;
/** What a server may keep busy beyond the cores that its requests run on, its collector's threads for one: above it, a wrong count. */
const BESIDE = 0.5;
/** Answers per connection in a window: with fewer, what a request takes is charged to those that happened to end in it. */
export const LEAST_ROUNDS = 1;

export type Connections = {
  readonly waitMs: number;
  /** Clients that ask Node again as soon as they were answered, and what that gave. */
  readonly connections: readonly number[];
  readonly p50Ms: readonly number[];
  readonly answeredPerS: readonly number[];
  /** CPU of the Node server for one request, at the largest number of connections. */
  readonly cpuMs: number;
  readonly coresBusy: number;
  /** How often that window answered each connection. */
  readonly rounds: number;
  /** The others, at that number; null under --quick, too. */
  readonly asyncioP50Ms: number | null;
  readonly asyncioCpuMs: number | null;
  readonly asyncioCoresBusy: number | null;
  readonly asyncioRounds: number | null;
  readonly goP50Ms: number | null;
  readonly goCpuMs: number | null;
  readonly goCoresBusy: number | null;
  readonly goRounds: number | null;
  /** On how many Go runs its goroutines at once. */
  readonly goCores: number | null;
  /** The same Node server where connections ask seldom: so many, at this rate together. */
  readonly seldomConnections: number;
  readonly seldomPerS: number;
  readonly seldomP50Ms: number;
};

/** Who answers with 11 ms, `near`: neither can be told; `void`: the count cannot be trusted. */
type Judgement = "holds" | "fails" | "near" | "void";

interface Measured {
  readonly name: string;
  readonly p50Ms: number;
  readonly cpuMs: number;
  readonly coresBusy: number;
  readonly rounds: number;
  readonly cores: number;
  /** Whoever asks first is answered first, as one loop does: then the median is about the mean. */
  readonly inOrder: boolean;
}

type Row = { readonly [Name in keyof Measured]: Measured[Name] | null };

interface Server extends Measured {
  readonly lawMs: number;
  readonly judgement: Judgement;
}

/**
 * Pure. C cores answer at most C / D requests in a second, so N that always ask wait N * D / C in the mean, at the least;
 * a loop has one core. The claim is about all three: one that fails refutes it, and to confirm it each has to hold.
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
  const loop = { cores: 1, inOrder: true };
  const rows: readonly Row[] = [
    {
      name: "Node",
      p50Ms: numbers.p50Ms.at(-1) ?? null,
      cpuMs: numbers.cpuMs,
      coresBusy: numbers.coresBusy,
      rounds: numbers.rounds,
      ...loop,
    },
    {
      name: "asyncio",
      p50Ms: numbers.asyncioP50Ms,
      cpuMs: numbers.asyncioCpuMs,
      coresBusy: numbers.asyncioCoresBusy,
      rounds: numbers.asyncioRounds,
      ...loop,
    },
    {
      name: "Go",
      p50Ms: numbers.goP50Ms,
      cpuMs: numbers.goCpuMs,
      coresBusy: numbers.goCoresBusy,
      rounds: numbers.goRounds,
      cores: numbers.goCores,
      inOrder: false,
    },
  ];
  return rows.filter(wasMeasured).map((server) => {
    const lawMs = (CLAIMED_CONNECTIONS * server.cpuMs) / server.cores;
    return { ...server, lawMs, judgement: judge(server, lawMs) };
  });
}

const wasMeasured = (row: Row): row is Measured => Object.values(row).every((value) => value !== null);

function judge({ p50Ms, coresBusy, rounds, cores, inOrder }: Measured, lawMs: number): Judgement {
  if (!(coresBusy <= cores + BESIDE && rounds >= LEAST_ROUNDS)) return "void";
  // Out of order, half of the answers can be early while the others make up the mean: then the median has to be seen
  // to be more than the claim's. It grows with the connections, so fewer than 10,000 are enough to see it.
  if (lawMs >= FAR_OVER_MS && (inOrder || p50Ms > WITHIN_MS)) return "fails";
  return lawMs <= WITHIN_MS && p50Ms <= WITHIN_MS ? "holds" : "near";
}

const verdicts: readonly (readonly [Judgement, string])[] = [
  ["fails", "11 ms are out of reach of"],
  ["holds", "11 ms are within reach of"],
  ["near", "it cannot be told of"],
  ["void", "the count cannot be trusted of"],
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
  return `p50 by connections that ask again at once is ${each.join(", ")} in Node${beside}. With 10,000 the mean is at least ${laws.join(", ")}: ${said.join("; ")} (with the claimed 0.2 ms they would take ${claimedCores.toFixed(0)} cores). ${seldom}`;
}
