import { defineClaim } from "@heddle/claims";
import { CLAIMED_FROM_MS, CLAIMED_TO_MS, decide, type Slices } from "./rule.js";

export const claim = defineClaim<Slices>({
  id: "cfs-1-4ms-slices",
  topic: "switches",
  claim: "Linux's CFS scheduler gives each thread slices of 1 to 4 ms.",
  source: "Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "In C, 2, 4 and 16 threads compute on one CPU; their CPU time divided by how often the kernel took the CPU away is the slice. Then two threads ask for slices of 20 ms (sched_setattr). The kernel's version and what it tells in /proc/self/sched say which scheduler it is.",
  rule: "The sentence has two parts and holds only if both do. Refuted where the scheduler is not CFS (Linux 6.6 and later). Where it is: confirmed if the slices lie in 1 to 4 ms for all numbers of threads, refuted if for none, else it depends on their number; a factor of 1.5 is allowed, because slices end at a tick.",
  practice:
    "Do not build on the length of a slice: it follows from kernel version, number of cores and tick rate. Since Linux 6.12 a thread can ask for its own by sched_setattr.",
  programs: ["slices.c"],
  seconds: { full: 1, quick: 0.6 },
  async measure(bench) {
    const askedForMs = 20;
    const { result } = await bench.must("slices.c", { ms: bench.quick ? 120 : 220, askMs: askedForMs });
    return {
      kernelMajor: result.number("major"),
      kernelMinor: result.number("minor"),
      toldMs: result.number("toldNs") / 1e6,
      threads: result.numbers("threads"),
      slicesMs: result.numbers("slicesMs"),
      askedForMs,
      askedMs: result.number("askedMs"),
    };
  },
  decide,
  picture: ({ threads, slicesMs, askedForMs, askedMs }) => ({
    kind: "bars",
    title: "How long a thread keeps a contended CPU",
    value: { name: "slice", unit: "ms" },
    bars: [
      { name: "claimed, shortest", value: CLAIMED_FROM_MS, role: "claimed" },
      { name: "claimed, longest", value: CLAIMED_TO_MS, role: "claimed" },
      ...threads.map((count, at) => ({ name: `${count} threads`, value: slicesMs[at] ?? Number.NaN })),
      { name: `2 threads that ask for ${askedForMs} ms`, value: askedMs },
    ],
  }),
});
