import { type Bench, defineClaim, NotTestable, type Started } from "@heddle/claims";
import { CLAIMED_CONNECTIONS, CLAIMED_P50_MS, type Connections, decide } from "./rule.js";

const waitMs = 10;

export const claim = defineClaim<Connections>({
  id: "connections-10k-p50-11ms",
  topic: "load",
  claim:
    "With 10,000 connections and a wait of 10 ms, asyncio, Go and Node all answer with a p50 of 11 ms, at 0.2 to 0.5 ms of CPU per request.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "A Node server waits 10 ms and answers. Connections that ask again as soon as they were answered: few, and up to some thousands, with the server's CPU time per request. From there 10,000 follow by the utilization law. Beside it, connections that ask seldom.",
  rule: "Refuted if 10,000 times the measured CPU time of a request is 22 ms or more, confirmed if it is 13 ms or less; undecided if the server kept more than 1.5 cores busy, which one loop cannot.",
  practice:
    "Do not size a server by its number of connections: ask how many requests arrive in a second and how much CPU one takes. Thousands of connections are cheap while they are silent; when all of them ask, latency is their number times the CPU of a request, divided by the cores.",
  programs: ["wait.mjs"],
  seconds: { full: 3.6, quick: 1.7 },
  async measure(bench) {
    const connections = bench.quick ? [1_500] : [100, 1_000, 3_000];
    await using server = await bench.start("wait.mjs", { waitMs });
    const rows: Awaited<ReturnType<typeof always>>[] = [];
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
    return {
      waitMs,
      connections,
      p50Ms: rows.map((row) => row.p50Ms),
      answeredPerS: rows.map((row) => row.answeredPerS),
      cpuMs: rows.at(-1)?.cpuMs ?? Number.NaN,
      coresBusy: rows.at(-1)?.coresBusy ?? Number.NaN,
      seldomConnections,
      seldomPerS: 500,
      seldomP50Ms: seldom.latencyMs.p50,
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "lines",
    title: "Connections that always ask, and a wait of 10 ms on one loop",
    x: { name: "connections", unit: "", scale: "log" },
    y: { name: "p50", unit: "ms", scale: "log" },
    lines: [
      {
        name: "measured",
        points: numbers.connections.map((count, at) => [count, numbers.p50Ms[at] ?? 0] as const),
      },
      {
        name: "law: the wait, or N times the CPU of a request",
        points: [...numbers.connections, CLAIMED_CONNECTIONS].map(
          (count) => [count, Math.max(waitMs, count * numbers.cpuMs)] as const,
        ),
        role: "cure",
      },
      { name: "claimed", points: [[CLAIMED_CONNECTIONS, CLAIMED_P50_MS]], role: "claimed" },
    ],
  }),
});

const portOf = (server: Started): number => server.port ?? 0;

async function always(bench: Bench, server: Started, connections: number) {
  server.send(`hold ${connections}`);
  const load = await bench.load({
    port: portOf(server),
    ratePerS: 1_000, // without effect in closed mode
    connections,
    mode: "closed",
    warmupS: connections > 1_000 ? 0.25 : 0.1,
    durationS: connections > 2_000 ? 0.5 : 0.3,
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
  return {
    p50Ms: load.latencyMs.p50,
    answeredPerS: load.answeredPerS,
    cpuMs: counted.number("cpuMs") / counted.number("requests"),
    coresBusy: counted.number("cpuMs") / counted.number("elapsedMs"),
  };
}
