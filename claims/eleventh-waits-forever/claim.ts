import { type Bench, defineClaim } from "@heddle/claims";
import { decide, type Eleventh } from "./rule.js";

const pool = 10;
/** The claim's 30 s, a hundredth of them. */
const serviceMs = 300;

export const claim = defineClaim<Eleventh>({
  id: "eleventh-waits-forever",
  topic: "failure",
  claim: "With a pool of 10 threads and ten tasks of 30 s, the eleventh task waits for ever.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "A Python pool of 10 gets ten tasks of 0.3 s and an eleventh: when does it begin? Beside it the case that does last: ten tasks that each wait for another task of the same pool, watched for a while, and the same with a second pool for the tasks that are waited for.",
  rule: "Refuted if the eleventh begins within 1.5 service times of the ten, confirmed if it has waited three. Tasks that wait for tasks of the same pool are reported, but they are not what the sentence says.",
  practice:
    "Long tasks in a pool delay the next ones by their own length: bound that length, or give them a pool of their own. Never let a task wait for a task of the same pool: give the inner ones another pool, or hand their result on without waiting.",
  programs: ["eleventh.py", "nested.py"],
  seconds: { full: 0.8, quick: 0.5 },
  alone: false,
  async measure(bench) {
    const watchedMs = bench.quick ? 500 : 800;
    const [eleventh, same, second] = await Promise.all([
      bench.must("eleventh.py", { pool, serviceMs }),
      ended(bench, true, watchedMs),
      ended(bench, false, 5_000),
    ]);
    return {
      pool,
      serviceMs,
      waitedServices: eleventh.result.number("waitMs") / serviceMs,
      watchedMs,
      nestedEnded: same,
      secondPoolEnded: second,
    };
  },
  decide,
});

async function ended(bench: Bench, same: boolean, withinMs: number): Promise<"yes" | "no"> {
  const outcome = await bench.run("nested.py", { pool, same }, { withinMs });
  if (outcome.end === "time") return "no";
  outcome.result.number("sum"); // a crash is neither
  return "yes";
}
