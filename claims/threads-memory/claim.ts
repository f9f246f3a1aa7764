import { type Bench, defineClaim } from "@heddle/claims";
import { CLAIMED_MB, decide, type ThreadsMemory } from "./rule.js";

export const claim = defineClaim<ThreadsMemory>({
  id: "threads-memory",
  topic: "memory",
  claim: "10,000 threads take 10 GB of memory (80 GB with 8 MB stacks), and crash the server.",
  source: "Threading vs Async vs Event Loop; Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "Parks the same number of threads in C and in Python, each with its default stack, and weighs the process: resident pages, kernel stacks and page tables, less the same process without threads.",
  rule: "Refuted if the dearest language takes under 10 % of 1 MB for a thread; confirmed from half of 1 MB; in between it depends on the language.",
  practice:
    "Do not fear threads for their memory: a few thousand parked ones cost some tens of MB. Fear them for what they compute at the same time, and bound their number by a pool. Set the stack size only where address space is scarce.",
  programs: ["park.c", "park.py"],
  seconds: { full: 5, quick: 1.5 },
  async measure(bench) {
    const threads = bench.quick ? 2_000 : 10_000;
    const c = await perThread(bench, "park.c", threads);
    const python = await perThread(bench, "park.py", threads);
    return { threads, cMb: c, pythonMb: python, javaMb: null, reservedMb: 8 };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "Memory of one parked thread",
    value: { name: "memory", unit: "KB", scale: "log" },
    bars: [
      { name: "claimed", value: CLAIMED_MB * 1024, role: "claimed" },
      { name: "C", value: numbers.cMb * 1024 },
      { name: "Python", value: (numbers.pythonMb ?? 0) * 1024 },
    ],
  }),
});

async function perThread(bench: Bench, file: string, threads: number): Promise<number> {
  const bare = await weigh(bench, file, 0);
  const full = await weigh(bench, file, threads);
  return (full - bare) / threads;
}

async function weigh(bench: Bench, file: string, threads: number): Promise<number> {
  await using program = await bench.start(file, { threads });
  const { heldMb, kernelStacksMb, pageTablesMb } = program.memory();
  return heldMb + kernelStacksMb + pageTablesMb;
}
