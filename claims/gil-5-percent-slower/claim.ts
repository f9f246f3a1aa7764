import { type Bench, defineClaim, NotTestable } from "@heddle/claims";
import { CLAIMED, decide, type TwoThreads } from "./rule.js";

export const claim = defineClaim<TwoThreads>({
  id: "gil-5-percent-slower",
  topic: "python",
  claim:
    "CPU-bound work on two Python threads takes 2.53 s where the sequential run takes 2.41 s: threads make it slightly slower, by about 5 %.",
  source: "Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "A pure Python loop, twice in sequence and once on each of two threads, in turn, on the Pythons found; the best time of each.",
  rule: "The median over the versions of Python 3 that have a GIL decides: confirmed if the threads take 0.9 to 1.25 times the sequential run, refuted below 0.8 and above 1.5. Python 2 and free-threaded builds are shown and decide nothing.",
  practice:
    "Threads gain nothing for pure Python computation and cost little. Keep them where the code waits; take processes or a free-threaded build where it computes.",
  programs: ["ratio.py"],
  seconds: { full: 1.2, quick: 0.7 },
  async measure(bench) {
    const pythons = await chosen(bench);
    const ratios: number[] = [];
    for (const { path } of pythons) {
      const args = { threads: 2, unitMs: 12, pairs: 4 };
      const { result } = await bench.must("ratio.py", args, { interpreter: path });
      ratios.push(result.number("ratio"));
    }
    return { versions: pythons.map(({ label }) => label).join(","), ratios };
  },
  decide,
  picture: ({ versions, ratios }) => ({
    kind: "bars",
    title: "Two CPU-bound threads over the same work in sequence",
    value: { name: "time", unit: "x the sequential run" },
    bars: [
      { name: "claimed", value: CLAIMED, role: "claimed" },
      ...versions.split(",").map((version, at) => ({ name: `Python ${version}`, value: ratios[at] ?? 0 })),
    ],
  }),
});

/** At most five, three under --quick, spread over the ages; the oldest and the newest are always among them. */
async function chosen(bench: Bench): Promise<{ path: string; label: string }[]> {
  const all = (await bench.pythons()).map(({ path, version, freeThreaded }) => ({
    path,
    label: `${version.split(".").slice(0, 2).join(".")}${freeThreaded ? "t" : ""}`,
  }));
  if (!all.some(({ label }) => label.startsWith("3.") && !label.endsWith("t")))
    throw new NotTestable("no Python 3 with a GIL was found", "where one is installed");
  const those = bench.quick ? all.filter(({ label }) => !label.startsWith("2.")) : all;
  const most = Math.min(those.length, bench.quick ? 3 : 5);
  const at = Array.from({ length: most }, (_, n) =>
    Math.round((n * (those.length - 1)) / Math.max(1, most - 1)),
  );
  return those.filter((_, index) => at.includes(index));
}
