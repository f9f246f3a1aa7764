import { defineClaim } from "@heddle/claims";
import { decide, type HashRace, TEXT } from "./rule.js";

export const claim = defineClaim<HashRace>({
  id: "multiprocessing-vs-go-hash",
  topic: "python",
  claim: "The same sha256 work, 1000 hashes, takes 220 ms with Python's multiprocessing(4) and 45 ms in Go.",
  source: "The benchmark lab for Threading vs Async vs Event Loop",
  experiment:
    "sha256 in a loop in both languages, ns per byte; then 200 hashes as tasks of a Pool(4), its start, pickling and end included, and as goroutines with GOMAXPROCS 4. A task hashes as much as takes 0.82 ms, which is what the text's own figure for threads comes to; the result is scaled to 1000 tasks, the start counted once.",
  rule: "Confirmed if the pool takes at least 3 times as long as Go, refuted below 2.",
  practice:
    "Both languages call the CPU's own SHA instructions: do not rewrite hashing for speed. What a pool costs is its start and a few µs to tens of µs per task, so give it tasks of a millisecond or more, or send many small ones at once.",
  programs: ["hash.py", "hash.go"],
  seconds: { full: 0.8, quick: 0.5 },
  async measure(bench) {
    const sizes = bench.quick ? [1024, 1024 * 1024] : [1024, 16 * 1024, 128 * 1024, 1024 * 1024];
    const work = { sizes, bytes: 4 * 1024 * 1024, tasks: 200, rounds: 2 };
    const { result: python } = await bench.must("hash.py", { ...work, taskUs: TEXT.taskUs });
    const taskBytes = python.number("taskBytes");
    const { result: go } = await bench.must("hash.go", { ...work, taskBytes });
    return {
      sizes,
      pythonPerByte: python.numbers("perByte"),
      goPerByte: go.numbers("perByte"),
      tasks: work.tasks,
      taskBytes,
      startMs: python.number("startMs"),
      pythonSmallMs: python.number("smallMs"),
      goSmallMs: go.number("smallMs"),
      pythonTaskMs: python.number("taskMs"),
      goTaskMs: go.number("taskMs"),
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "sha256, Python over Go",
    value: { name: "time", unit: "x Go", scale: "log" },
    bars: [
      { name: "claimed", value: TEXT.multiprocessing / TEXT.go, role: "claimed" },
      { name: "tasks of 0.82 ms", value: numbers.pythonTaskMs / numbers.goTaskMs },
      { name: "tasks of 1 KB", value: numbers.pythonSmallMs / numbers.goSmallMs },
      ...numbers.sizes.map((size, at) => ({
        name: `one core, ${size / 1024} KB at once`,
        value: (numbers.pythonPerByte[at] ?? 0) / (numbers.goPerByte[at] ?? 1),
      })),
    ],
  }),
});
