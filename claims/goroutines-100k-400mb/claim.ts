import { defineClaim, NotTestable } from "@heddle/claims";
import { CLAIMED_MB, decide, type Goroutines100k } from "./rule.js";

const GOROUTINES = 100_000;

export const claim = defineClaim<Goroutines100k>({
  id: "goroutines-100k-400mb",
  topic: "memory",
  claim:
    "A program that starts 100,000 goroutines in a loop (each computes one thing and ends) uses about 400 MB.",
  source: "Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "Starts 100,000 goroutines in a loop, each of which writes one number and ends, waits for them, and reads the highest resident memory that the process ever had, less what it had before; and the same with 100,000 goroutines that all sleep at once.",
  rule: "Refuted if the peak of the goroutines that end at once grows by under half of 400 MB; confirmed from there to twice 400 MB; undecided beyond it.",
  practice:
    "Goroutines cost memory only while they live, so count the ones that are alive at once: about 3 KB each plus what they hold. A loop that starts 100,000 short ones is cheap; one that starts 100,000 waiting ones needs a bound.",
  programs: ["many.go"],
  seconds: { full: 1, quick: 0.7 },
  async measure(bench) {
    const repetitions = bench.quick ? 1 : 3;
    const ending: number[] = [];
    let endingAlive = 0;
    for (let at = 0; at < repetitions; at++) {
      const { result } = await bench.must("many.go", { count: GOROUTINES, until: "done" });
      ending.push(result.number("peakMb"));
      endingAlive = Math.max(endingAlive, result.number("alive"));
    }
    const sleeping = await bench.must("many.go", { count: GOROUTINES, until: "weighed" });
    if (sleeping.result.number("peakMb") < 0) {
      throw new NotTestable("this system does not tell the peak of a process (no /proc)", "on Linux");
    }
    return {
      goroutines: GOROUTINES,
      // The worst of them: the claim gets its best case.
      endingMb: Math.max(...ending),
      endingAlive,
      sleepingMb: sleeping.result.number("peakMb"),
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "Peak memory of 100,000 goroutines",
    value: { name: "memory", unit: "MB" },
    bars: [
      { name: "claimed", value: CLAIMED_MB, role: "claimed" },
      { name: "each ends at once", value: numbers.endingMb },
      { name: "all sleep at once", value: numbers.sleepingMb },
    ],
  }),
});
