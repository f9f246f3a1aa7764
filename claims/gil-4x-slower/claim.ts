import { type Bench, defineClaim, NotTestable } from "@heddle/claims";
import { CLAIMED, decide, type FourThreads } from "./rule.js";

export const claim = defineClaim<FourThreads>({
  id: "gil-4x-slower",
  topic: "python",
  claim:
    "Because of the GIL, 4 CPU-bound Python threads take about 4x longer than the same work done sequentially.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    'A pure Python loop, four times in sequence and once on each of four threads, in turn, on the Pythons found; the best time of each. The time of one share alone is taken too, because "4x longer" may have meant that.',
  rule: "The median over the versions of Python 3 that have a GIL decides: confirmed from 3x the sequential time, refuted below. Python 2 and free-threaded builds are shown and decide nothing.",
  practice:
    "The GIL makes CPU-bound threads useless, not four times slower: expect the time of the sequential run and a few percent. Use processes, or code that lets go of the GIL, to use more cores; do not remove threads that wait.",
  programs: ["ratio.py"],
  seconds: { full: 1.4, quick: 0.8 },
  async measure(bench) {
    const pythons = await chosen(bench);
    const overSequence: number[] = [];
    const overOne: number[] = [];
    for (const { path } of pythons) {
      const args = { threads: 4, unitMs: 6, pairs: 4 };
      const { result } = await bench.must("ratio.py", args, { interpreter: path });
      overSequence.push(result.number("overSequence"));
      overOne.push(result.number("overOne"));
    }
    return { versions: pythons.map(({ label }) => label).join(","), overSequence, overOne };
  },
  decide,
  picture: ({ versions, overSequence }) => ({
    kind: "bars",
    title: "Four CPU-bound threads over the same work in sequence",
    value: { name: "time", unit: "x the sequential run" },
    bars: [
      { name: "claimed", value: CLAIMED, role: "claimed" },
      ...versions
        .split(",")
        .map((version, at) => ({ name: `Python ${version}`, value: overSequence[at] ?? 0 })),
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
