import { type Bench, defineClaim } from "@heddle/claims";
import { decide, type ThreadsWasteCpu } from "./rule.js";

const EVERY_MS = 100;
const WAKING = 500;

export const claim = defineClaim<ThreadsWasteCpu>({
  id: "threads-waste-cpu",
  topic: "switches",
  claim: "Threads waste CPU while they wait for I/O.",
  source: "Asynchronous programming and concurrency overview",
  experiment:
    "Lets 5,000 threads in C and 2,000 in Python wait in read() on a pipe that stays silent, and 2,000 asyncio tasks sleep, and takes the CPU time of each process meanwhile, in the quieter of two windows of 200 ms. Controls: one thread that polls the pipe; and 500 threads or tasks whose wait of 100 ms ends again and again.",
  rule: "Refuted if the waiting threads together use under 2 % of one core, in both languages; confirmed from 20 % in one; undecided in between, and when the polling thread is not seen to use at least 5 %.",
  practice:
    "A thread that blocks costs memory, not CPU. CPU goes into waits that end (some microseconds each) and into loops that ask again and again: block, or await, instead of polling.",
  programs: ["parked.c", "waits.py"],
  seconds: { full: 1.6, quick: 1.4 },
  async measure(bench) {
    const threads = bench.quick ? 2_000 : 5_000;
    const fewer = bench.quick ? 1_000 : 2_000;
    // Reading the CPU time of a process walks its threads: with 5,000 of them that alone is half a millisecond.
    const windowMs = 200;
    // They do nothing, so they can do it at the same time.
    const [c, python, tasks] = await Promise.all([
      cpuMs(bench, "parked.c", { count: threads, windowMs }),
      cpuMs(bench, "waits.py", { kind: "threads", count: fewer, windowMs, everyMs: 0 }),
      cpuMs(bench, "waits.py", { kind: "tasks", count: fewer, windowMs, everyMs: 0 }),
    ]);
    const [polling, threadWaitUs, taskWaitUs] = await Promise.all([
      cpuMs(bench, "parked.c", { count: 1, windowMs, how: "spin" }),
      waitUs(bench, "threads", windowMs),
      waitUs(bench, "tasks", windowMs),
    ]);
    const percent = (ms: number): number => (ms / windowMs) * 100;
    return {
      threads,
      fewer,
      cPercent: percent(c),
      pythonPercent: percent(python),
      tasksPercent: percent(tasks),
      pollingPercent: percent(polling),
      threadWaitUs,
      taskWaitUs,
    };
  },
  decide,
});

async function cpuMs(bench: Bench, file: string, args: Readonly<Record<string, unknown>>): Promise<number> {
  return (await bench.must(file, args)).result.number("cpuMs");
}

/** CPU time per wait of 100 ms that ended. */
async function waitUs(bench: Bench, kind: string, windowMs: number): Promise<number> {
  const { result } = await bench.must("waits.py", { kind, count: WAKING, windowMs, everyMs: EVERY_MS });
  return (result.number("cpuMs") / Math.max(1, result.number("waits"))) * 1_000;
}
