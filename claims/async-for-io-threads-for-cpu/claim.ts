import { type Bench, defineClaim, NotTestable } from "@heddle/claims";
import { type AsyncForWaiting, decide } from "./rule.js";

export const claim = defineClaim<AsyncForWaiting>({
  id: "async-for-io-threads-for-cpu",
  topic: "load",
  claim: "Use async for waiting (I/O) and threads for working (CPU).",
  source:
    "Threading vs Async vs Event Loop; Concurrency: Threads, the GIL, and the Event Loop; Asynchronous programming and concurrency overview; Your async code isn't concurrent",
  experiment:
    "Waiting: 2,000 waits at once in Python, as threads and as asyncio tasks, weighed while they wait (resident pages, kernel stacks, page tables) and timed by the CPU that they take from beginning to end. Computing: the same tasks of 5 ms in Node, all on the event loop and in a pool of threads, with a ticker on the loop; the faster of several rounds counts.",
  rule: "Confirmed only if both halves hold: a waiting thread takes at least twice the memory and 1.5x the CPU of an async task, and the pool computes at least 1.3x as fast as the loop. Refuted if async saves less, or the pool gains no more than 1.1x; undecided in between, or if other programs keep the pool from its cores.",
  practice:
    "Let the event loop wait and a pool compute. A program does not have to choose one of them: waits stay with the loop, and chunks of a millisecond or more go to as many threads as there are cores. In Python, computing threads need code that lets go of the GIL, or processes in their place.",
  programs: ["wait.py", "compute.mjs"],
  seconds: { full: 2.8, quick: 2 },
  async measure(bench) {
    if (bench.cores < 2)
      throw new NotTestable("a pool needs a second core", "a machine with 2 cores or more");
    const waits = 2_000;
    const threads = await waiting(bench, "threads", waits);
    const tasks = await waiting(bench, "async", waits);
    const { result } = await bench.must("compute.mjs", {
      threads: Math.min(4, bench.cores),
      tasks: 20,
      taskMs: 5,
      rounds: bench.quick ? 4 : 8,
    });
    return {
      waits,
      threadKb: threads.kb,
      taskKb: tasks.kb,
      threadCpuUs: threads.cpuUs,
      taskCpuUs: tasks.cpuUs,
      loopMs: result.number("loopMs"),
      poolMs: result.number("poolMs"),
      poolCores: result.number("poolCores"),
      loopAwayMs: result.number("loopAwayMs"),
      poolAwayMs: result.number("poolAwayMs"),
    };
  },
  decide,
  picture: (n) => ({
    kind: "bars",
    title: "What async saves when it waits, and threads when they work",
    value: { name: "ratio", unit: "x", scale: "log" },
    bars: [
      { name: "waiting: memory, thread over task", value: n.threadKb / n.taskKb },
      { name: "waiting: CPU, thread over task", value: n.threadCpuUs / n.taskCpuUs },
      { name: "computing: time, loop over pool", value: n.loopMs / n.poolMs },
    ],
  }),
});

/** One wait among many: what it weighs while it waits, and what CPU it takes from beginning to end. */
async function waiting(bench: Bench, way: string, waits: number): Promise<{ kb: number; cpuUs: number }> {
  const bare = await begun(bench, way, 0);
  const full = await begun(bench, way, waits);
  // Below half a KB the pages themselves are too coarse a scale.
  const kb = Math.max(((full.heldMb - bare.heldMb) * 1024) / waits, 0.5);
  return { kb, cpuUs: ((full.cpuMs - bare.cpuMs) * 1_000) / waits };
}

async function begun(bench: Bench, way: string, waits: number): Promise<{ heldMb: number; cpuMs: number }> {
  await using program = await bench.start("wait.py", { way, waits });
  const { heldMb, kernelStacksMb, pageTablesMb } = program.memory();
  program.send("go");
  const result = await program.result();
  return { heldMb: heldMb + kernelStacksMb + pageTablesMb, cpuMs: result.number("cpuMs") };
}
