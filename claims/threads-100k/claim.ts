import { readFileSync } from "node:fs";
import { type Bench, defineClaim, NotTestable } from "@heddle/claims";
import { readLimits } from "./limits.js";
import { CLAIMED_GB, decide, THREADS, type Threads100k } from "./rule.js";

const SMALL_STACK_KB = 64;

export const claim = defineClaim<Threads100k>({
  id: "threads-100k",
  topic: "memory",
  claim: "100,000 threads need about 800 GB of memory.",
  source: "Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "Finds the memory of one more parked thread from 2,000 and 8,000 of them (resident pages, kernel stacks, page tables), with the default stack and with one of 64 KB. Reads the limits that bound the number of threads, and lets single processes run into the ones that concern nobody else: their maps, their user's processes, their address space.",
  rule: "Refuted if 100,000 times the memory of one more thread is under 10 % of 800 GB, confirmed from half of it; undecided in between.",
  practice:
    "Multiply measured memory, not stack sizes. Before planning for very many threads look at pid_max, max_map_count and the pids limit of the container: EAGAIN from pthread_create means any of them, and is rarely about memory.",
  programs: ["park.c", "hit.c"],
  seconds: { full: 1.2, quick: 0.7 },
  async measure(bench) {
    const few = bench.quick ? 500 : 2_000;
    const threads = few * 4;
    const low = await weigh(bench, few, 0);
    const high = await weigh(bench, threads, 0);
    const smallLow = await weigh(bench, few, SMALL_STACK_KB);
    const smallHigh = await weigh(bench, threads, SMALL_STACK_KB);
    const more = threads - few;
    const [first] = readLimits((high.maps - low.maps) / more);
    const hit = async (limit: string): Promise<string> =>
      (await bench.must("hit.c", { limit })).result.text("error");
    return {
      threads,
      threadKb: (high.memoryKb - low.memoryKb) / more,
      smallStackKb: (smallHigh.memoryKb - smallLow.memoryKb) / more,
      reservedKb: (high.reservedKb - low.reservedKb) / more,
      firstLimit: first?.name ?? "none",
      firstLimitThreads: first?.threads ?? Number.MAX_SAFE_INTEGER,
      errorMaps: await hit("maps"),
      errorProcesses: await hit("processes"),
      errorAddressSpace: await hit("address space"),
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "100,000 parked threads",
    value: { name: "memory", unit: "GB", scale: "log" },
    bars: [
      { name: "claimed", value: CLAIMED_GB, role: "claimed" },
      { name: "address space they reserve", value: (numbers.reservedKb * THREADS) / 2 ** 20 },
      { name: "memory they take", value: (numbers.threadKb * THREADS) / 2 ** 20 },
      {
        name: "the same with stacks of 64 KB",
        value: (numbers.smallStackKb * THREADS) / 2 ** 20,
        role: "cure",
      },
    ],
  }),
});

interface Weight {
  readonly memoryKb: number;
  readonly reservedKb: number;
  readonly maps: number;
}

async function weigh(bench: Bench, threads: number, stackKb: number): Promise<Weight> {
  await using program = await bench.start("park.c", { threads, stackKb });
  const { heldMb, kernelStacksMb, pageTablesMb, processes } = program.memory();
  if (processes === 0) {
    throw new NotTestable("this system does not tell the memory of a process (no /proc)", "on Linux");
  }
  const status = readFileSync(`/proc/${program.pid}/status`, "utf8");
  return {
    memoryKb: (heldMb + kernelStacksMb + pageTablesMb) * 1_024,
    reservedKb: Number(/^VmSize:\s+(\d+) kB/m.exec(status)?.[1] ?? 0),
    maps: readFileSync(`/proc/${program.pid}/maps`, "utf8").split("\n").length,
  };
}
