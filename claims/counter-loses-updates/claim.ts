import { type Bench, defineClaim, NotTestable } from "@heddle/claims";
import { decide, EXPECTED, type LostUpdates, TEXT } from "./rule.js";

export const claim = defineClaim<LostUpdates>({
  id: "counter-loses-updates",
  topic: "python",
  claim:
    "Four threads that each do `counter += 1` a million times print 1,247,833, always less than the 4,000,000 expected.",
  source:
    "Concurrency: Threads, the GIL, and the Event Loop; Asynchronous programming and concurrency overview",
  experiment:
    "Four threads with a tenth of the count and a tenth of Python's switch interval, on every Python found: with `counter += 1`, and with `counter += one()`, which calls a function. The cures: a lock, a sum per thread, a queue with one thread that adds.",
  rule: "A version loses if one of two rounds ends below what is expected. Confirmed if all versions lose, refuted if none does, otherwise it depends on the version.",
  practice:
    "Since 3.10 `counter += 1` happens to be safe with the GIL; nothing promises it, and a call in the statement or a free-threaded build brings the loss back. Lock it, or let each thread add up on its own and join the sums at the end.",
  programs: ["count.py"],
  seconds: { full: 1.6, quick: 0.7 },
  async measure(bench) {
    const pythons = await chosen(bench);
    const work = { threads: 4, times: 100_000, switchMs: 0.5 };
    const plain: number[] = [];
    const withCall: number[] = [];
    for (const { path } of pythons) {
      const { result } = await bench.must("count.py", { ...work, cures: false }, { interpreter: path });
      plain.push(result.number("plain"));
      withCall.push(result.number("withCall"));
    }
    const { result } = await bench.must("count.py", { ...work, cures: true });
    const versions = pythons.map(({ label }) => label).join(",");
    return { versions, plain, withCall, cures: result.numbers("cures") };
  },
  decide,
  picture: ({ versions, plain, withCall }) => ({
    kind: "bars",
    title: "What four threads with a million updates each leave",
    value: { name: "updates left", unit: "of 4 million, in %" },
    bars: [
      { name: "claimed", value: (TEXT / EXPECTED) * 100, role: "claimed" },
      ...versions.split(",").flatMap((version, at) => [
        { name: `${version}, counter += 1`, value: (plain[at] ?? 0) * 100 },
        { name: `${version}, counter += one()`, value: (withCall[at] ?? 0) * 100 },
      ]),
    ],
  }),
});

/** All of them; under --quick the oldest, the newest, and those on both sides of 3.10, where it changed. */
async function chosen(bench: Bench): Promise<{ path: string; label: string }[]> {
  const all = (await bench.pythons()).map(({ path, version, freeThreaded }) => {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    return { path, label: `${major}.${minor}${freeThreaded ? "t" : ""}`, old: major < 3 || minor < 10 };
  });
  if (all.length === 0) throw new NotTestable("no Python was found", "where one is installed");
  if (!bench.quick) return all;
  const old = all.filter((python) => python.old);
  const young = all.filter((python) => !python.old);
  const kept = new Set([all[0], old.at(-1), young[0], all.at(-1)]);
  return all.filter((python) => kept.has(python));
}
