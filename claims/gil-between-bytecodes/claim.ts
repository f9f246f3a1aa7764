import { type Bench, defineClaim, NotTestable } from "@heddle/claims";
import { decide, type Places } from "./rule.js";

const FEWEST = 30;

export const claim = defineClaim<Places>({
  id: "gil-between-bytecodes",
  topic: "python",
  claim:
    "`counter += 1` is LOAD_GLOBAL, LOAD_CONST, BINARY_ADD, STORE_GLOBAL, and the GIL may be released between any two of these bytecodes.",
  source: "Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "On every Python with a GIL: a thread runs `counter += 1` in a loop, and at each of up to 200 switches away from it another thread reads from its frame which instruction was the last. `dis` gives the names.",
  rule: "A version bears it out if a switch was seen at each of the three places between the four instructions. Confirmed if all versions do, refuted if none does, otherwise it depends on the version.",
  practice:
    "Do not reason from bytecode: where a switch may fall changed with 3.10 and is no promise. What is read, changed and written back by several threads needs a lock, or one owner.",
  programs: ["places.py"],
  seconds: { full: 0.9, quick: 0.4 },
  alone: false,
  async measure(bench) {
    const rows: { label: string; names: string; seen: number[]; samples: number }[] = [];
    for (const { path, label } of await chosen(bench)) {
      const args = { samples: 200, mostMs: 500, switchUs: 10 };
      const { result } = await bench.must("places.py", args, { interpreter: path, flags: ["-W", "ignore"] });
      const seen = result.numbers("seen");
      const samples = seen.reduce((sum, each) => sum + each, result.number("elsewhere"));
      if (samples >= FEWEST) rows.push({ label, names: result.text("names"), seen, samples });
    }
    if (rows.length === 0)
      throw new NotTestable("too few switches were seen in any Python", "on a less busy machine");
    return {
      versions: rows.map(({ label }) => label).join(","),
      instructions: rows.map(({ names }) => names).join("; "),
      samples: rows.map(({ samples }) => samples),
      afterLoad: rows.map(({ seen }) => seen[0] ?? 0),
      afterConstant: rows.map(({ seen }) => seen[1] ?? 0),
      afterAdd: rows.map(({ seen }) => seen[2] ?? 0),
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "Switches that fell inside counter += 1",
    value: { name: "switches", unit: "% of those seen" },
    bars: numbers.versions.split(",").map((version, at) => {
      const inside =
        (numbers.afterLoad[at] ?? 0) + (numbers.afterConstant[at] ?? 0) + (numbers.afterAdd[at] ?? 0);
      return { name: `Python ${version}`, value: (100 * inside) / (numbers.samples[at] ?? 1) };
    }),
  }),
});

/** Those with a GIL; under --quick the oldest, the newest, and those on both sides of 3.10, where it changed. */
async function chosen(bench: Bench): Promise<{ path: string; label: string }[]> {
  const all = (await bench.pythons())
    .filter(({ freeThreaded }) => !freeThreaded)
    .map(({ path, version }) => {
      const [major = 0, minor = 0] = version.split(".").map(Number);
      return { path, label: `${major}.${minor}`, old: major < 3 || minor < 10 };
    });
  if (all.length === 0) throw new NotTestable("no Python with a GIL was found", "where one is installed");
  if (!bench.quick) return all;
  const old = all.filter((python) => python.old);
  const young = all.filter((python) => !python.old);
  const kept = new Set([all[0], old.at(-1), young[0], all.at(-1)]);
  return all.filter((python) => kept.has(python));
}
