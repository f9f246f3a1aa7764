import { type Args, type Bench, defineClaim, type Result } from "@heddle/claims";
import { decide, type StructuredVsLoose } from "./rule.js";

const SIBLINGS = 9;

export const claim = defineClaim<StructuredVsLoose>({
  id: "structured-vs-loose",
  topic: "failure",
  claim: "When one task fails, its siblings are cancelled.",
  source: "Asynchronous programming and concurrency overview; Your async code isn't concurrent",
  experiment:
    "Starts one task that fails early and nine siblings that work in steps: as Promise.all and as a group in Node, as asyncio.gather and (from Python 3.11) a TaskGroup in Python. Counts the siblings that still run when the caller has the error, and the steps they make after it. The last sibling fails later by itself: is anybody told?",
  rule: "A construct cancels if no sibling is left when the caller has the error and at most a tenth of the work is done afterwards. Confirmed if all constructs cancel, refuted if none does, otherwise it depends on the construct.",
  practice:
    "Open tasks in a construct that owns them: a group, a TaskGroup, an errgroup with a context. Promise.all and gather give the first error and leave the rest running: it goes on writing and holding connections.",
  programs: ["siblings.mjs"],
  optional: ["siblings.py"],
  seconds: { full: 0.6, quick: 0.4 },
  alone: false,
  async measure(bench) {
    const args = { siblings: SIBLINGS, steps: bench.quick ? 6 : 10, stepMs: bench.quick ? 15 : 20 };
    const planned = SIBLINGS * args.steps;
    const both = [inNode(bench, args), inPython(bench, args)];
    const results = (await Promise.all(both)).flat();
    return {
      names: results.map((result) => result.text("names")).join("|"),
      siblings: SIBLINGS,
      left: results.flatMap((result) => result.numbers("left")),
      lost: results.flatMap((result) => result.numbers("lost")),
      share: results.flatMap((result) => result.numbers("afterwards").map((steps) => steps / planned)),
    };
  },
  decide,
});

async function inNode(bench: Bench, args: Args): Promise<Result[]> {
  return [(await bench.must("siblings.mjs", args)).result];
}

/** In the first Python that is found; if it is too old for a TaskGroup, in the newest of all (a slow search). */
async function inPython(bench: Bench, args: Args): Promise<Result[]> {
  if (!bench.has("siblings.py")) return [];
  const [major = 0, minor = 0] = bench.version("siblings.py").split(".").map(Number);
  const old = major < 3 || minor < 11;
  const newest = old ? (await bench.pythons()).filter(({ freeThreaded }) => !freeThreaded).at(-1) : undefined;
  const options = newest === undefined ? {} : { interpreter: newest.path };
  return [(await bench.must("siblings.py", args, options)).result];
}
