import { readFileSync } from "node:fs";
import { defineClaim, NotTestable } from "@heddle/claims";
import { decide, type Listen, SLOW_MS } from "./rule.js";

const LARGE = 4_096;
const busyMs = 300;
/** Three times what the small queue holds. */
const LEAST = 400;

export const claim = defineClaim<Listen>({
  id: "listen-128",
  topic: "load",
  claim: "listen(128) is fine for a server of 10,000 connections.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "A thousand connections are opened at once to each of three Python servers: listen(128) and busy for 0.3 s when the first one comes, listen(4096) and as busy, listen(128) and accepting all the while; and to two Node servers (not under --quick), busy for 0.3 s, with a backlog of 128 and of 4096. How long each connection took to open, and how often the system found the queue full.",
  rule: "Refuted if in one language a tenth of the connections to the busy server with listen(128) took 900 ms or more, confirmed if under 1 % did in each, and of those to the server that accepts all the while. A language where 1 % or more were that slow with the backlog of 4096 can do neither; undecided if that is so in all.",
  practice:
    "Give listen() a backlog as large as the burst that may come while the server is busy, and look at net.core.somaxconn, which caps it. A full queue drops the first packet of a connection, and the client repeats it only after a second: a tail of 1 s and 3 s in connect times is the sign, and ListenOverflows in nstat the proof.",
  programs: ["listen.py", "burst.py"],
  optional: ["listen.mjs"],
  seconds: { full: 1.5, quick: 1.3 },
  async measure(bench) {
    const most = longestQueue();
    // A burst that fits the large queue and is far too much for the small one.
    const wanted = Math.min(1_000, most - 100);
    if (wanted < LEAST) {
      throw new NotTestable(
        `this system caps every listen queue at ${most}`,
        "after sysctl net.core.somaxconn=4096",
      );
    }
    const withinMs = bench.quick ? 1_200 : 1_300;
    const withNode = !bench.quick && bench.has("listen.mjs");
    const servers = await Promise.all([
      bench.start("listen.py", { backlog: 128, busyMs }),
      bench.start("listen.py", { backlog: LARGE, busyMs }),
      bench.start("listen.py", { backlog: 128, busyMs: 0 }),
      ...(withNode
        ? [
            bench.start("listen.mjs", { backlog: 128, busyMs }),
            bench.start("listen.mjs", { backlog: LARGE, busyMs }),
          ]
        : []),
    ]);
    const { result } = await bench.must("burst.py", {
      ports: servers.map(({ port }) => port),
      connections: wanted,
      withinMs,
      slowMs: SLOW_MS,
    });
    const connections = result.number("connections");
    if (connections < LEAST) {
      throw new NotTestable(
        `only ${connections} connections at once can be opened to each server`,
        "with a higher limit of open files (ulimit -n)",
      );
    }
    const [slow, never, overflows] = ["slow", "never", "overflows"].map((name) => result.numbers(name));
    const share = (which: number): number =>
      (100 * ((slow?.[which] ?? 0) + (never?.[which] ?? 0))) / connections;
    return {
      connections,
      busyMs,
      withinMs,
      busySlow: share(0),
      largeSlow: share(1),
      readySlow: share(2),
      busyNever: (100 * (never?.[0] ?? 0)) / connections,
      busyOverflows: overflows?.[0] ?? 0,
      largeOverflows: overflows?.[1] ?? 0,
      readyOverflows: overflows?.[2] ?? 0,
      nodeBusySlow: withNode ? share(3) : null,
      nodeLargeSlow: withNode ? share(4) : null,
      nodeBusyOverflows: overflows?.[3] ?? null,
      nodeLargeOverflows: overflows?.[4] ?? null,
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: `${numbers.connections} connections at once`,
    value: { name: "took 900 ms or more to open", unit: "%" },
    bars: [
      { name: "claimed", value: 0, role: "claimed" },
      { name: "Python, listen(128), busy", value: numbers.busySlow },
      { name: "Python, listen(128), accepting", value: numbers.readySlow },
      { name: `Python, listen(${LARGE}), busy`, value: numbers.largeSlow, role: "cure" },
      ...(numbers.nodeBusySlow === null
        ? []
        : [{ name: "Node, listen(128), busy", value: numbers.nodeBusySlow }]),
      ...(numbers.nodeLargeSlow === null
        ? []
        : [{ name: `Node, listen(${LARGE}), busy`, value: numbers.nodeLargeSlow, role: "cure" as const }]),
    ],
  }),
});

function longestQueue(): number {
  try {
    return Number(readFileSync("/proc/sys/net/core/somaxconn", "utf8"));
  } catch {
    throw new NotTestable("the system does not tell about its listen queues", "on Linux");
  }
}
