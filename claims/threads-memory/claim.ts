import { readFileSync } from "node:fs";
import { type Bench, defineClaim, NotTestable } from "@heddle/claims";
import { ProgramFailure } from "@heddle/lab";
import { CLAIMED_MB, decide, type ThreadsMemory } from "./rule.js";

export const claim = defineClaim<ThreadsMemory>({
  id: "threads-memory",
  topic: "memory",
  claim: "10,000 threads take 10 GB of memory (80 GB with 8 MB stacks), and crash the server.",
  source: "Threading vs Async vs Event Loop; Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "Parks 10,000 threads in C and in Rust (std::thread; not under --quick), and 3,000 in Python and in Java (where starting them is slow), each with its default stack, and weighs the process: resident pages, kernel stacks and page tables, less the same process with a quarter of them. The reserved address space is read beside it.",
  rule: "Refuted if the dearest language takes under 10 % of 1 MB for a thread; confirmed from half of 1 MB; in between it depends on the language.",
  practice:
    "Do not fear threads for their memory: a few thousand parked ones cost some tens of MB. Fear them for what they compute at the same time, and bound their number by a pool. Set the stack size only where address space is scarce.",
  programs: ["park.c", "park.py"],
  optional: ["Park.java", "park.rs"],
  seconds: { full: 2.3, quick: 0.9 },
  async measure(bench) {
    const threads = bench.quick ? 2_000 : 10_000;
    // Python and the JVM start some thousand threads a second, and the cost of one is the same at any number.
    const fewer = bench.quick ? 1_000 : 3_000;
    const c = await weighThread(bench, "park.c", threads);
    const python = await weighThread(bench, "park.py", fewer);
    const java = bench.has("Park.java") ? await weighThread(bench, "Park.java", fewer) : null;
    const rust = !bench.quick && bench.has("park.rs") ? await weighThread(bench, "park.rs", threads) : null;
    return {
      threads,
      fewer,
      cMb: c.userMb + c.kernelMb,
      cKernelMb: c.kernelMb,
      pythonMb: python.userMb + python.kernelMb,
      pythonKernelMb: python.kernelMb,
      javaMb: java === null ? null : java.userMb + java.kernelMb,
      javaKernelMb: java?.kernelMb ?? null,
      rustMb: rust === null ? null : rust.userMb + rust.kernelMb,
      rustKernelMb: rust?.kernelMb ?? null,
      reservedMb: c.reservedMb,
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "Memory of one parked thread",
    value: { name: "memory", unit: "KB", scale: "log" },
    bars: [
      { name: "claimed", value: CLAIMED_MB * 1024, role: "claimed" },
      { name: "C", value: numbers.cMb * 1024 },
      ...(numbers.rustMb === null ? [] : [{ name: "Rust", value: numbers.rustMb * 1024 }]),
      { name: "Python", value: numbers.pythonMb * 1024 },
      ...(numbers.javaMb === null ? [] : [{ name: "Java", value: numbers.javaMb * 1024 }]),
      { name: "address space that C reserves", value: numbers.reservedMb * 1024 },
    ],
  }),
});

interface Weight {
  readonly userMb: number;
  /** Kernel stacks and page tables. */
  readonly kernelMb: number;
  /** Address space, which is a promise and not memory. */
  readonly reservedMb: number;
}

async function weighThread(bench: Bench, file: string, threads: number): Promise<Weight> {
  // Against none at all, what a JVM allocates once it has any would be charged to them.
  const few = await weigh(bench, file, threads / 4);
  const full = await weigh(bench, file, threads);
  const more = threads - threads / 4;
  return {
    userMb: (full.userMb - few.userMb) / more,
    kernelMb: (full.kernelMb - few.kernelMb) / more,
    reservedMb: (full.reservedMb - few.reservedMb) / more,
  };
}

async function weigh(bench: Bench, file: string, threads: number): Promise<Weight> {
  await using program = await start(bench, file, threads);
  const { heldMb, kernelStacksMb, pageTablesMb, threads: seen } = program.memory();
  if (seen === 0) {
    throw new NotTestable("this system does not tell the memory of a process (no /proc)", "on Linux");
  }
  return {
    userMb: heldMb,
    kernelMb: kernelStacksMb + pageTablesMb,
    reservedMb: reservedBy(program.pid),
  };
}

async function start(bench: Bench, file: string, threads: number) {
  try {
    return await bench.start(file, { threads });
  } catch (error) {
    // pthread_create says EAGAIN at any limit of their number, Python "can't start new thread".
    const limited = /temporarily unavailable|start new thread|native thread/i;
    if (error instanceof ProgramFailure && limited.test(error.message)) {
      throw new NotTestable(
        `${threads} threads are not allowed here`,
        "where the limits on processes and the pids of the container leave room for them",
      );
    }
    throw error;
  }
}

function reservedBy(pid: number): number {
  const kb = /^VmSize:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kb ?? 0) / 1_024;
}
