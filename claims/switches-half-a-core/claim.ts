import { type Bench, defineClaim } from "@heddle/claims";
import { median } from "@heddle/lab";
import { CLAIMED_ASYNC, CLAIMED_THREADS, decide, type HalfACore, SWITCHES_PER_S } from "./rule.js";

const PER_TICK = SWITCHES_PER_S / 1_000;

export const claim = defineClaim<HalfACore>({
  id: "switches-half-a-core",
  topic: "switches",
  claim: "50,000 switches per second take 50 % of a core with threads, and 0.5 % with async.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "Wakes every millisecond and hands a turn to and fro 25 times, which is 50 switches, and takes off what the waking alone takes; the median of three rounds. Two threads in C over pipes, on one CPU, on two, and where the kernel likes; two goroutines at GOMAXPROCS 1; two asyncio tasks; two async functions in Node. The CPU time is divided by the switches that really happened and multiplied by 50,000.",
  rule: "Refuted if threads take under 25 % of a core both on one CPU and on two. Confirmed if they take 25 % or more in both and none of the async runtimes takes over 1 %. Otherwise it depends: on where the threads are, or on the runtime.",
  practice:
    "Multiply measured prices, not remembered ones: on one CPU a thread switch costs about what a switch between asyncio tasks costs. What is dear is waking a sleeping CPU, on virtual machines above all: keep threads that hand work to each other on one CPU, or hand over in batches.",
  programs: ["pace.c", "pace.go", "pace.py", "pace.mjs"],
  seconds: { full: 1.7, quick: 1.1 },
  async measure(bench) {
    const ticks = bench.quick ? 18 : 30;
    const args = { ticks, perTick: PER_TICK };
    return {
      threadsTogether: await share(bench, "pace.c", { ...args, where: "together" }),
      threadsApart: bench.cores < 2 ? null : await share(bench, "pace.c", { ...args, where: "apart" }),
      threadsFree: await share(bench, "pace.c", { ...args, where: "free" }),
      goroutines: await share(bench, "pace.go", args),
      asyncioTasks: await share(bench, "pace.py", args),
      nodeAwaits: await share(bench, "pace.mjs", args),
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "What 50,000 switches per second take of a core",
    value: { name: "share of a core", unit: "%", scale: "log" },
    bars: [
      { name: "claimed for threads", value: CLAIMED_THREADS * 100, role: "claimed" },
      { name: "claimed for async", value: CLAIMED_ASYNC * 100, role: "claimed" },
      ...(numbers.threadsApart === null
        ? []
        : [{ name: "threads on two CPUs", value: numbers.threadsApart * 100 }]),
      { name: "threads on one CPU", value: numbers.threadsTogether * 100 },
      { name: "asyncio tasks", value: numbers.asyncioTasks * 100 },
      { name: "goroutines", value: numbers.goroutines * 100 },
      { name: "async functions in Node", value: numbers.nodeAwaits * 100 },
    ],
  }),
});

/** Where the waking itself drowns what the switches add, the difference may fall below nothing; 0.01 % stands for that. */
const LEAST_SHARE = 0.0001;

async function share(bench: Bench, file: string, args: Readonly<Record<string, unknown>>): Promise<number> {
  const { result } = await bench.must(file, args);
  return Math.max((median(result.numbers("us")) / 1e6) * SWITCHES_PER_S, LEAST_SHARE);
}
