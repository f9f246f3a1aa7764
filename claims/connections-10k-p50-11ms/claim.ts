import { type Bench, defineClaim, NotTestable, type Started } from "@heddle/claims";
import { CLAIMED_CONNECTIONS, CLAIMED_P50_MS, type Connections, decide, LEAST_ROUNDS } from "./rule.js";

const waitMs = 10;

export const claim = defineClaim<Connections>({
  id: "connections-10k-p50-11ms",
  topic: "load",
  claim:
    "With 10,000 connections and a wait of 10 ms, asyncio, Go and Node all answer with a p50 of 11 ms, at 0.2 to 0.5 ms of CPU per request.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "A server waits 10 ms and answers: in Node, and at the largest number of connections on asyncio (a bare Protocol, cheaper than any framework) and in Go (net/http); under --quick in Node alone. Connections that ask again as soon as they were answered: few, and up to 3,000, with the server's CPU time per request. From there 10,000 follow by the utilization law. Beside it, connections that ask Node seldom.",
  rule: "10,000 times the measured CPU time of a request, divided by the cores that the server can use (one for a loop, all for Go), is the least mean latency. Refuted if that is 22 ms or more for one of the three (in Go, which does not answer in order, the measured p50 more than 13.2 ms as well), confirmed if it and the measured p50 are 13.2 ms or less for each; with one of them missing it is never confirmed. A server that kept half a core more busy than it can use was counted wrong, and one that did not answer each connection in the window was kept from its work: they do neither.",
  practice:
    "Do not size a server by its number of connections: ask how many requests arrive in a second and how much CPU one takes. Thousands of connections are cheap while they are silent; when all of them ask, latency is their number times the CPU of a request, divided by the cores.",
  programs: ["wait.mjs"],
  optional: ["wait.py", "wait.go"],
  seconds: { full: 6.5, quick: 1.7 },
  async measure(bench) {
    const connections = bench.quick ? [1_500] : [100, 1_000, 3_000];
    await using server = await bench.start("wait.mjs", { waitMs });
    const rows: Row[] = [];
    for (const count of connections) rows.push(await always(bench, server, count));
    const seldomConnections = 500;
    server.send(`hold ${seldomConnections}`);
    const seldom = await bench.load({
      port: portOf(server),
      ratePerS: 500,
      connections: seldomConnections,
      warmupS: 0.1,
      durationS: 0.3,
    });
    await server.stop();
    const most = connections.at(-1) ?? 0;
    const asyncio = await other(bench, "wait.py", most);
    const go = await other(bench, "wait.go", most);
    return {
      waitMs,
      connections,
      p50Ms: rows.map((row) => row.p50Ms),
      answeredPerS: rows.map((row) => row.answeredPerS),
      cpuMs: rows.at(-1)?.cpuMs ?? Number.NaN,
      coresBusy: rows.at(-1)?.coresBusy ?? Number.NaN,
      rounds: rows.at(-1)?.rounds ?? 0,
      asyncioP50Ms: asyncio?.p50Ms ?? null,
      asyncioCpuMs: asyncio?.cpuMs ?? null,
      asyncioCoresBusy: asyncio?.coresBusy ?? null,
      asyncioRounds: asyncio?.rounds ?? null,
      goP50Ms: go?.p50Ms ?? null,
      goCpuMs: go?.cpuMs ?? null,
      goCoresBusy: go?.coresBusy ?? null,
      goRounds: go?.rounds ?? null,
      goCores: go?.cores ?? null,
      seldomConnections,
      seldomPerS: 500,
      seldomP50Ms: seldom.latencyMs.p50,
    };
  },
  decide,
  picture: (numbers) => {
    const most = numbers.connections.at(-1) ?? 0;
    const at = (name: string, p50Ms: number | null) =>
      p50Ms === null ? [] : [{ name, points: [[most, p50Ms] as const] }];
    return {
      kind: "lines",
      title: "Connections that always ask, and a wait of 10 ms",
      x: { name: "connections", unit: "", scale: "log" },
      y: { name: "p50", unit: "ms", scale: "log" },
      lines: [
        {
          name: "Node",
          points: numbers.connections.map((count, i) => [count, numbers.p50Ms[i] ?? 0] as const),
        },
        ...at("asyncio", numbers.asyncioP50Ms),
        ...at("Go", numbers.goP50Ms),
        {
          name: "law for Node: the wait, or N times the CPU of a request",
          points: [...numbers.connections, CLAIMED_CONNECTIONS].map(
            (count) => [count, Math.max(waitMs, count * numbers.cpuMs)] as const,
          ),
          role: "cure",
        },
        { name: "claimed", points: [[CLAIMED_CONNECTIONS, CLAIMED_P50_MS]], role: "claimed" },
      ],
    };
  },
});

const portOf = (server: Started): number => server.port ?? 0;

interface Row {
  readonly p50Ms: number;
  readonly answeredPerS: number;
  readonly cpuMs: number;
  readonly coresBusy: number;
  readonly rounds: number;
  /** That the server runs its requests on, if it says so: a loop has one. */
  readonly cores: number;
}

/** The same of another server; null where it is not to be had, and under --quick: Node alone can refute "all". */
async function other(bench: Bench, file: string, connections: number): Promise<Row | null> {
  if (bench.quick || !bench.has(file)) return null;
  await using server = await bench.start(file, { waitMs });
  return await always(bench, server, connections);
}

/** Again and longer, twice at most, where a busy machine kept the server from answering each connection once. */
async function always(bench: Bench, server: Started, connections: number): Promise<Row> {
  let durationS = connections > 2_000 ? 0.5 : 0.3;
  for (let look = 1; ; look++) {
    const row = await once(bench, server, connections, durationS);
    if (row.rounds >= LEAST_ROUNDS || look === 3) return row;
    durationS *= 2;
  }
}

async function once(bench: Bench, server: Started, connections: number, durationS: number): Promise<Row> {
  server.send(`hold ${connections}`);
  const load = await bench.load({
    port: portOf(server),
    ratePerS: 1_000, // without effect in closed mode
    connections,
    mode: "closed",
    warmupS: connections > 1_000 ? 0.25 : 0.1,
    durationS,
    onWindowStart: () => server.send("begin"),
    onWindowEnd: () => server.send("end"),
  });
  if (load.void?.startsWith("connections:") === true) {
    throw new NotTestable(
      `${connections} connections cannot be opened here (${load.void})`,
      "with a higher limit of open files (ulimit -n)",
    );
  }
  const counted = await server.result();
  const requests = counted.number("requests");
  return {
    p50Ms: load.latencyMs.p50,
    answeredPerS: load.answeredPerS,
    cpuMs: counted.number("cpuMs") / Math.max(1, requests),
    coresBusy: counted.number("cpuMs") / counted.number("elapsedMs"),
    rounds: requests / connections,
    cores: "cores" in counted.raw ? counted.number("cores") : 1,
  };
}
