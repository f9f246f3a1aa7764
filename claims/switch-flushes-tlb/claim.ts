import { defineClaim } from "@heddle/claims";
import { decide, type TlbFlush } from "./rule.js";

export const claim = defineClaim<TlbFlush>({
  id: "switch-flushes-tlb",
  topic: "switches",
  claim: "Every switch between threads flushes the TLB.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "In C on one CPU, two sides pass a turn and each touches the same 32 to 512 pages of shared memory; only the touching is timed. Four ways: the same system calls without a switch, a switch between threads, one between processes, and a real TLB flush (mprotect of 64 pages) as the positive control.",
  rule: "Nothing added to the time without a switch is 0, what the real flush adds is 1. Refuted if the thread switch adds under 0.25, confirmed from 0.75, else undecided; the median over the page counts counts. Undecided too if the real flush does not make touching at least 1.5 times as slow.",
  practice:
    "Threads of one process share their page tables, so a switch between them keeps the TLB. Processors that tag entries (PCID, ASID) keep it between processes too. What does flush it, on every CPU that runs the process, is munmap and mprotect in hot code.",
  programs: ["tlb.c"],
  seconds: { full: 1.1, quick: 0.5 },
  async measure(bench) {
    const { result } = await bench.must("tlb.c", { rounds: bench.quick ? 700 : 1_500 });
    return {
      pages: result.numbers("pages"),
      noneNs: result.numbers("none"),
      threadNs: result.numbers("thread"),
      processNs: result.numbers("process"),
      flushNs: result.numbers("flush"),
      switchesPerRound: result.number("perRound"),
    };
  },
  decide,
  picture: ({ pages, noneNs, threadNs, processNs, flushNs }) => ({
    kind: "lines",
    title: "Touching a page right after a switch",
    x: { name: "pages touched", unit: "", scale: "log" },
    y: { name: "time per page", unit: "ns" },
    lines: [
      { name: "no switch", points: pointsOf(pages, noneNs) },
      { name: "thread switch", points: pointsOf(pages, threadNs) },
      { name: "process switch", points: pointsOf(pages, processNs) },
      { name: "TLB flushed (as claimed)", points: pointsOf(pages, flushNs), role: "claimed" },
    ],
  }),
});

function pointsOf(xs: readonly number[], ys: readonly number[]): (readonly [number, number])[] {
  return xs.map((x, at) => [x, ys[at] ?? Number.NaN]);
}
