import { defineClaim, NotTestable } from "@heddle/claims";
import { decide, type PriorityInversion } from "./rule.js";

const WORK_MS = 5;
const OTHERS = 20;

export const claim = defineClaim<PriorityInversion>({
  id: "priority-inversion",
  topic: "failure",
  claim:
    "Priority inversion: a low-priority holder lets a medium one delay the high one without bound; priority inheritance cures it.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "Three C threads with real-time priorities on one CPU: the low one holds a mutex and computes 5 ms, the high one asks for it, the medium one then computes for longer and longer. The wait of the high one, with a plain mutex and with one that lends the waiter's priority to its holder. Beside it the same with one worker, its queue and a lock of @heddle/runtime.",
  rule: "Confirmed if the plain wait is at least 90 % of the medium thread's computing at every length, and the wait with inheritance under half of the longest. Refuted if the plain wait is under half of the longest, or inheritance takes off less than a tenth.",
  practice:
    "Where threads have priorities, every lock between them needs priority inheritance, which is not the default (PTHREAD_PRIO_INHERIT). Without priorities hold locks for a short time: the same delay comes from any holder that is not scheduled.",
  programs: ["invert.c", "lend.mjs"],
  seconds: { full: 1, quick: 0.8 },
  async measure(bench) {
    const spinsMs = bench.quick ? [20, 40, 80] : [25, 50, 100];
    const { result } = await bench.must("invert.c", { workMs: WORK_MS, spinsMs });
    const refusal = result.raw["error"];
    if (typeof refusal === "string") {
      throw new NotTestable(
        `real-time priorities are refused here (SCHED_FIFO: ${refusal})`,
        "on Linux as root, or with CAP_SYS_NICE",
      );
    }
    const lend = await bench.must("lend.mjs", { others: OTHERS });
    return {
      workMs: WORK_MS,
      spinsMs,
      plainMs: result.numbers("plainMs"),
      inheritMs: result.numbers("inheritMs"),
      others: OTHERS,
      plainBefore: lend.result.number("plain"),
      lentBefore: lend.result.number("lent"),
    };
  },
  decide,
  picture: ({ spinsMs, plainMs, inheritMs }) => ({
    kind: "lines",
    title: "How long the high-priority thread waits for the lock",
    x: { name: "the medium thread computes", unit: "ms" },
    y: { name: "wait", unit: "ms" },
    lines: [
      { name: "plain mutex", points: spinsMs.map((spin, at) => [spin, plainMs[at] ?? 0] as const) },
      {
        name: "priority inheritance",
        role: "cure",
        points: spinsMs.map((spin, at) => [spin, inheritMs[at] ?? 0] as const),
      },
    ],
  }),
});
