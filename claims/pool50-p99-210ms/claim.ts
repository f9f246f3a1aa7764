import { type Bench, defineClaim } from "@heddle/claims";
import { CLAIMED_P50_MS, CLAIMED_P99_MS, decide, NO_QUEUE_MS, type PoolTail } from "./rule.js";

const size = { pool: 50, tasks: 1000, waitMs: 10 };

export const claim = defineClaim<PoolTail>({
  id: "pool50-p99-210ms",
  topic: "tail",
  claim: "1000 tasks of 10 ms in a thread pool of 50 take 10.3 ms at p50 and 210 ms at p99.",
  source: "The benchmark lab for Threading vs Async vs Event Loop",
  experiment:
    "Runs the 1000 waits through a Python pool of 50: with the clock started inside the task, as the text's code does (the best of up to four tries, while p99 is 30 ms or more), and with the clock started when the task is submitted.",
  rule: "Refuted if the p99 that the text's code gives is below 30 ms, confirmed if it is between 150 and 300 ms.",
  practice:
    "Start the clock where the caller starts to wait: at submission, not inside the task. A clock inside the task never sees the queue, and the queue is most of the latency of a pool that is full.",
  programs: ["inside.py", "at-submit.py"],
  seconds: { full: 0.6, quick: 0.6 },
  async measure(bench) {
    const inside = await best(bench, "inside.py", 4);
    const submit = await figures(bench, "at-submit.py");
    return {
      ...size,
      insideP50Ms: inside.p50,
      insideP99Ms: inside.p99,
      submitP50Ms: submit.p50,
      submitP99Ms: submit.p99,
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "1000 waits of 10 ms in a pool of 50",
    value: { name: "latency", unit: "ms" },
    bars: [
      { name: "p50, claimed", value: CLAIMED_P50_MS, role: "claimed" },
      { name: "p50, clock in the task", value: numbers.insideP50Ms },
      { name: "p50, clock at submission", value: numbers.submitP50Ms, role: "cure" },
      { name: "p99, claimed", value: CLAIMED_P99_MS, role: "claimed" },
      { name: "p99, clock in the task", value: numbers.insideP99Ms },
      { name: "p99, clock at submission", value: numbers.submitP99Ms, role: "cure" },
    ],
  }),
});

const figures = async (bench: Bench, file: string) => {
  const { result } = await bench.must(file, size);
  return { p50: result.number("p50"), p99: result.number("p99") };
};

/** A busy machine makes a p99 worse, nothing makes it better than it is: the best of some tries, while it matters. */
async function best(bench: Bench, file: string, tries: number): Promise<{ p50: number; p99: number }> {
  let least = await figures(bench, file);
  for (let tried = 1; tried < tries && least.p99 >= NO_QUEUE_MS; tried++) {
    const again = await figures(bench, file);
    if (again.p99 < least.p99) least = again;
  }
  return least;
}
