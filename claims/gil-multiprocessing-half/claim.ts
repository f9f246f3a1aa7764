import { defineClaim, NotTestable } from "@heddle/claims";
import { atTextSize, decide, type Halved, NEAR_HALF, TEXT } from "./rule.js";

export const claim = defineClaim<Halved>({
  id: "gil-multiprocessing-half",
  topic: "python",
  claim: "multiprocessing gets around the GIL: two processes bring 2.41 s of CPU work down to 1.28 s.",
  source: "Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "The same pure Python loop twice in sequence and on two processes that are started for it, in turn, for pieces of 1, 5 and 40 ms; the start's cost is read off the smallest piece, and the gain for 2.41 s is computed from both; up to three looks for a gain. Two processes that already run show what the machine can give at all.",
  rule: "Confirmed if 2.41 s of work become at least 1.4 times as fast, refuted below 1.2; undecided if it is less and the two CPUs together do less than 1.6 times the work of one.",
  practice:
    "For computation in Python take processes, about as many as cores, and keep them: their start and the copying of arguments must be small beside the work. Pieces of a few ms belong in a pool that already runs, or in one process.",
  programs: ["halve.py"],
  seconds: { full: 1, quick: 0.6 },
  async measure(bench) {
    if (bench.cores < 2) throw new NotTestable("there is one CPU", "on two cores");
    const units = [1, 5, 40];
    // A gain shows that it works; that there is none may be the fault of a busy CPU, so it is looked for again.
    let found: Halved | null = null;
    for (let look = 0; look < 3; look += 1) {
      const { result } = await bench.must("halve.py", { unitsMs: units, rounds: bench.quick ? 4 : 6 });
      found = {
        units,
        sequence: result.numbers("sequence"),
        processes: result.numbers("processes"),
        machine: result.number("machine"),
      };
      if (atTextSize(found).speedUp >= NEAR_HALF) break;
    }
    if (found === null) throw new Error("this is a bug in a claim: no look was taken");
    return found;
  },
  decide,
  picture: ({ units, sequence, processes }) => ({
    kind: "lines",
    title: "Two processes, started for the work, against one",
    x: { name: "work of each process", unit: "ms", scale: "log" },
    y: { name: "speed-up", unit: "x" },
    lines: [
      {
        name: "measured, start-up included",
        points: units.map((unit, at) => [unit, (sequence[at] ?? 0) / (processes[at] ?? 1)] as const),
      },
      {
        name: "claimed",
        role: "claimed",
        points: [[TEXT.sequence / 2, TEXT.sequence / TEXT.processes]],
      },
    ],
  }),
});
