import { type Bench, defineClaim, NotTestable, type Result } from "@heddle/claims";
import { CLAIMED_THREADS, decide, type LibuvPool } from "./rule.js";

const WITHIN_MS = 3_000;

export const claim = defineClaim<LibuvPool>({
  id: "libuv-pool-of-four",
  topic: "node",
  claim: "Node does its I/O in a thread pool of 4, so a fifth operation waits.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "Holds threads of Node's pool without using CPU: each opens a FIFO that nobody writes to yet. Then it asks for files, names, sockets, a hash and a compression, and measures how long each takes until the FIFOs are let go: with three threads held, with four, and with four of UV_THREADPOOL_SIZE=8.",
  rule: "An operation waits if it takes nine tenths of the time that the pool is held. Confirmed if all kinds of I/O wait behind four and none behind three, refuted if none waits behind four, otherwise it depends on the kind of I/O.",
  practice:
    "Files, dns.lookup, asynchronous crypto and zlib share four threads: slow ones (a network file system, a slow name server) hold up all of them. Set UV_THREADPOOL_SIZE before Node starts, or resolve names by dns.resolve. Sockets never wait there.",
  programs: ["pool.mjs"],
  seconds: { full: 1.1, quick: 0.8 },
  async measure(bench) {
    if (process.platform === "win32") throw new NotTestable("there are no FIFOs here", "Linux or macOS");
    if (process.env["UV_THREADPOOL_SIZE"] !== undefined) {
      throw new NotTestable("the default size of the pool is not in force here", "unset UV_THREADPOOL_SIZE");
    }
    const holdMs = bench.quick ? 150 : 250;
    const three = await behind(bench, { hold: CLAIMED_THREADS - 1, holdMs });
    const four = await behind(bench, { hold: CLAIMED_THREADS, holdMs });
    const cure = await behind(bench, { hold: CLAIMED_THREADS, holdMs }, { UV_THREADPOOL_SIZE: "8" });
    return {
      names: four.text("names"),
      holdMs,
      besideThree: three.numbers("ms"),
      behindFour: four.numbers("ms"),
      cure: cure.numbers("ms"),
    };
  },
  decide,
  picture: ({ names, behindFour, holdMs, cure }) => ({
    kind: "bars",
    title: `Time of an operation while four others hold the pool for ${holdMs} ms`,
    value: { name: "time", unit: "ms", scale: "log" },
    bars: [
      ...names.split("|").map((name, at) => ({ name, value: behindFour[at] ?? 0 })),
      { name: "fs.stat with UV_THREADPOOL_SIZE=8", value: cure[0] ?? 0, role: "cure" as const },
    ],
  }),
});

/** Twice at most: in several hundred starts one hung, and why was not found. */
async function behind(
  bench: Bench,
  args: Readonly<Record<string, number>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const first = await bench.run("pool.mjs", args, { env, withinMs: WITHIN_MS });
  if (first.end === "exit" && first.code === 0) return first.result;
  return (await bench.must("pool.mjs", args, { env, withinMs: WITHIN_MS })).result;
}
