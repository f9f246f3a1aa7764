import { defineClaim } from "@heddle/claims";
import { decide, type TaskLeak } from "./rule.js";

export const claim = defineClaim<TaskLeak>({
  id: "task-leak",
  topic: "failure",
  claim: "A task that lost its race goes on running unless somebody cancels it.",
  source: "common advice, of no particular text",
  experiment:
    "Operations of ten short waits lose against a time limit of two or three: by Promise.race and asyncio.wait, which cancel nobody, by Promise.race with an AbortSignal that the work looks at, by timeout() of @heddle/runtime and by asyncio.wait_for. How many go through to their end all the same, how many steps they do for nobody, how many of them leaks() lists, and what the garbage collector does to asyncio tasks that nobody keeps.",
  rule: "Confirmed if at least 90 % of the losers that nobody cancels go through to their end, in each language, and at most 10 % of the cancelled ones; refuted if in one language under 10 % of the uncancelled go on, or no way of cancelling stops them.",
  practice:
    "A time limit must cancel what it gives up: pass a signal and look at it, or use timeout() and groups, where losing is being cancelled and awaited. In asyncio keep a reference to every task you start, or use a TaskGroup: the loop itself does not keep it.",
  programs: ["late.mjs"],
  optional: ["late.py"],
  seconds: { full: 0.8, quick: 0.6 },
  alone: false,
  async measure(bench) {
    const operations = bench.quick ? 25 : 100;
    const args = { operations, steps: 10, stepMs: bench.quick ? 5 : 8, limitMs: bench.quick ? 12 : 20 };
    const [node, python] = await Promise.all([
      bench.must("late.mjs", args),
      bench.has("late.py") ? bench.must("late.py", args) : null,
    ]);
    const share = (outcome: typeof node | null, name: string): number =>
      (outcome?.result.number(`${name}_ended`) ?? 0) / operations;
    return {
      operations,
      steps: args.steps,
      raced: share(node, "raced"),
      asyncioWait: python === null ? null : share(python, "wait"),
      signalled: share(node, "signalled"),
      timed: share(node, "timed"),
      asyncioWaitFor: python === null ? null : share(python, "waitFor"),
      lateSteps: node.result.number("raced_late"),
      listed: node.result.number("spawned_leaked"),
      destroyed: python?.result.number("destroyed") ?? null,
    };
  },
  decide,
});
