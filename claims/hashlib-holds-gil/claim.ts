import { defineClaim, NotTestable } from "@heddle/claims";
import { decide, GAIN, type Hashing } from "./rule.js";

export const claim = defineClaim<Hashing>({
  id: "hashlib-holds-gil",
  topic: "python",
  claim:
    "Hashing with hashlib gets no benefit from Python threads, because of the GIL (1000 hashes on threads: 820 ms).",
  source: "The benchmark lab for Threading vs Async vs Event Loop",
  experiment:
    "sha256 over buffers from 1 KB to 1 MB: the same work on one thread and shared by two, in turn, best time of each; up to three looks for a gain. Two processes, which share no GIL, show what the machine can give.",
  rule: "It depends on the size of the buffer if two threads gain at most 1.2x with the smallest and at least 1.4x with the largest; confirmed if no size gains, refuted if the smallest gains too; undecided if nothing gains and two processes gain less than 1.75x either.",
  practice:
    "hashlib, zlib and other C code let go of the GIL while they work on a large buffer: hash files in chunks of 100 KB or more and threads use the cores. For many small inputs take processes or batches.",
  programs: ["hash.py"],
  seconds: { full: 1.1, quick: 0.6 },
  async measure(bench) {
    if (bench.cores < 2) throw new NotTestable("there is one CPU", "on two cores");
    const sizes = bench.quick
      ? [1024, 16 * 1024, 1024 * 1024]
      : [1024, 2048, 16 * 1024, 100 * 1024, 1024 * 1024];
    // A gain shows that the GIL was let go; that there is none may be the fault of a busy CPU, so it is looked for again.
    let found: Hashing = { sizes, speedUp: [], machine: 0 };
    for (let look = 0; look < 3 && (found.speedUp.at(-1) ?? 0) < GAIN; look += 1) {
      const { result } = await bench.must("hash.py", { sizes, pieceMs: 10, rounds: bench.quick ? 4 : 5 });
      found = { sizes, speedUp: result.numbers("speedUp"), machine: result.number("machine") };
    }
    return found;
  },
  decide,
  picture: ({ sizes, speedUp }) => ({
    kind: "lines",
    title: "sha256 on two threads against one",
    x: { name: "bytes hashed at once", unit: "KB", scale: "log" },
    y: { name: "speed-up", unit: "x" },
    lines: [
      { name: "measured", points: sizes.map((size, at) => [size / 1024, speedUp[at] ?? 0] as const) },
      { name: "claimed", role: "claimed", points: sizes.map((size) => [size / 1024, 1] as const) },
    ],
    mark: { x: 2047 / 1024, name: "the GIL is let go from here" },
  }),
});
