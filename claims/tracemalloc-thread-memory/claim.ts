import { defineClaim, NotTestable } from "@heddle/claims";
import { CLAIMED_MB, decide, type TracemallocThreads } from "./rule.js";

export const claim = defineClaim<TracemallocThreads>({
  id: "tracemalloc-thread-memory",
  topic: "python",
  claim: "1,000 Python threads take 30 to 80 MB of memory, measured by tracemalloc.",
  source: "The benchmark lab for Threading vs Async vs Event Loop",
  experiment:
    "Starts 1,000 threads that sleep 10 ms each and reads the peak of tracemalloc, as the text does; then the same with all of them alive at once, and weighs that process against one without threads: resident pages, kernel stacks, page tables.",
  rule: "Refuted if the higher of the two readings of tracemalloc is under half of 30 MB; confirmed if it lies in 30 to 80 MB; otherwise undecided.",
  practice:
    "tracemalloc counts what Python's allocators hand out, and sees neither stacks nor the kernel. Compare concurrency models by the resident memory of the process plus kernel stacks and page tables, at the moment when all tasks are alive.",
  programs: ["traced.py"],
  seconds: { full: 0.7, quick: 0.6 },
  async measure(bench) {
    const threads = 1_000;
    const verbatim = await bench.must("traced.py", { count: threads, held: false });
    await using bare = await bench.start("traced.py", { count: 0, held: true });
    await using full = await bench.start("traced.py", { count: threads, held: true });
    const none = bare.memory();
    const all = full.memory();
    if (all.processes === 0) {
      throw new NotTestable("this system does not tell the memory of a process (no /proc)", "on Linux");
    }
    return {
      threads,
      tracedMb: verbatim.result.number("tracedMb"),
      tracedHeldMb: (await full.result()).number("tracedMb"),
      userMb: all.heldMb - none.heldMb,
      kernelMb: all.kernelStacksMb + all.pageTablesMb - none.kernelStacksMb - none.pageTablesMb,
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "Memory of 1,000 Python threads",
    value: { name: "memory", unit: "MB" },
    bars: [
      { name: "claimed, at least", value: CLAIMED_MB[0], role: "claimed" },
      { name: "claimed, at most", value: CLAIMED_MB[1], role: "claimed" },
      { name: "seen by tracemalloc", value: Math.max(numbers.tracedMb, numbers.tracedHeldMb) },
      { name: "resident pages", value: numbers.userMb },
      { name: "resident pages and kernel", value: numbers.userMb + numbers.kernelMb },
    ],
  }),
});
