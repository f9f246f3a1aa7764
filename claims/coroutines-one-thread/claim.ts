import { defineClaim, NotTestable } from "@heddle/claims";
import { type CoroutineThreads, decide, SEVERAL_THREADS } from "./rule.js";

export const claim = defineClaim<CoroutineThreads>({
  id: "coroutines-one-thread",
  topic: "go",
  claim: "Coroutines share a single thread by design.",
  source: "Your async code isn't concurrent",
  experiment:
    "Two coroutines that only compute for two milliseconds. In Go: both at once with one processor and with all of them, timed from the moment when both run. In asyncio: one after the other and gathered. In Java, where it has virtual threads (from 21 on; not under --quick): one after the other and both at once. Each speed-up is taken between the best of many repeats; in Go and Java of up to six times as many while another program may hold the second core.",
  rule: "Refuted if every runtime gains a factor of 1.4 or more, confirmed if none gains more than 1.2, and it depends on the runtime if one gains and another does not.",
  practice:
    "Ask what the runtime does with its coroutines. asyncio and one event loop of Node run them on one thread: what computes must go to processes or workers. Go spreads goroutines over all cores, and so does Java its virtual threads: what they share needs a lock.",
  programs: ["spin.go", "spin.py"],
  optional: ["Spin.java"],
  seconds: { full: 1.1, quick: 0.5 },
  async measure(bench) {
    if (bench.cores < 2) {
      throw new NotTestable("on one core nothing is faster on two threads", "any machine with two cores");
    }
    const repeats = bench.quick ? 25 : 40; // short ones: some of them meet no other program
    const tries = { rounds: 1_000_000, repeats, tries: 6, enough: SEVERAL_THREADS };
    const go = (await bench.must("spin.go", tries)).result;
    const asyncio = (await bench.must("spin.py", { rounds: 4_000, repeats: 2 * repeats })).result;
    // Before 21 a preview at best: no program has them without asking.
    const virtual = !bench.quick && bench.has("Spin.java") && majorOf(bench.version("Spin.java")) >= 21;
    const java = virtual ? (await bench.must("Spin.java", { ...tries, repeats: 20 })).result : null;
    const goOneMs = go.number("oneMs");
    const goManyMs = go.number("manyMs");
    return {
      cores: bench.cores,
      goSpeedup: goOneMs / goManyMs,
      goOneMs,
      goManyMs,
      asyncioSpeedup: Math.min(...asyncio.numbers("oneMs")) / Math.min(...asyncio.numbers("manyMs")),
      asyncioThreads: asyncio.number("threads"),
      javaSpeedup: java === null ? null : java.number("oneMs") / java.number("manyMs"),
      javaCarriers: java?.number("carriers") ?? null,
    };
  },
  decide,
});

const majorOf = (version: string): number => Number.parseInt(version, 10);
