import { type Bench, defineClaim } from "@heddle/claims";
import { decide, HANGS_ONE_IN, SLOTS, type TimeoutsNeeded } from "./rule.js";

const MOST_SLOTS = SLOTS[SLOTS.length - 1];
const TIMEOUT_MS = 50;
const LONG = 50; // blocks of HANGS_ONE_IN calls: more than any variant makes

export const claim = defineClaim<TimeoutsNeeded>({
  id: "timeouts-needed",
  topic: "failure",
  claim:
    "Where the number of calls at a time is bounded, calls without a timeout sooner or later stall the whole service.",
  source: "common advice, of no particular text",
  experiment: `A service makes one call to a dependency per request, at a fixed rate of requests. One call in ${HANGS_ONE_IN} is never answered, and the others take 5 ms. The service has 1, 2, 4 or 8 slots for calls and no timeout; no slots; 8 slots and a timeout of ${TIMEOUT_MS} ms; and 8 slots where no call hangs.`,
  rule: "Confirmed if every service with slots and without timeouts answers at most 5 % of the last quarter of the requests, refuted if every one still answers 80 %, otherwise it depends on the number of slots. A service without slots only piles up calls; that is told and decides nothing. Undecided where it does not keep up even if nothing hangs.",
  practice:
    "Give every call a timeout, and choose it so that the calls that hang until then leave most of the slots free. More slots only put the stall off; without slots, the calls pile up in memory and file descriptors.",
  programs: ["service.mjs"],
  seconds: { full: 1.2, quick: 1 },
  async measure(bench) {
    const requests = bench.quick ? 280 : 400;
    const hangs = pattern(bench);
    const variants = [
      ...SLOTS.map((slots) => ({ slots, timeoutMs: null, hangs })),
      { slots: MOST_SLOTS, timeoutMs: TIMEOUT_MS, hangs },
      { slots: MOST_SLOTS, timeoutMs: null, hangs: [0] },
      { slots: null, timeoutMs: null, hangs },
    ];
    const { result } = await bench.must("service.mjs", { variants, ratePerS: 600, requests });
    const late = result.numbers("late");
    const answered = result.numbers("answered");
    const at = (list: readonly number[], index: number): number => list[SLOTS.length + index] ?? Number.NaN;
    return {
      requests,
      late: late.slice(0, SLOTS.length),
      answered: answered.slice(0, SLOTS.length),
      lateCure: at(late, 0),
      lateHealthy: at(late, 1),
      lateUnbounded: at(late, 2),
      answeredCure: at(answered, 0),
      answeredHealthy: at(answered, 1),
      heldUnbounded: at(result.numbers("held"), 2),
    };
  },
  decide,
  picture: ({ answered, answeredHealthy, answeredCure, requests }) => ({
    kind: "bars",
    title: `Answered of ${requests} requests, one call in ${HANGS_ONE_IN} hanging`,
    value: { name: "requests answered", unit: "" },
    bars: [
      { name: "nothing hangs", value: answeredHealthy },
      ...SLOTS.map((slots, at) => ({ name: `no timeout, ${slots} slots`, value: answered[at] ?? 0 })),
      { name: `timeout of ${TIMEOUT_MS} ms, ${MOST_SLOTS} slots`, value: answeredCure, role: "cure" },
    ],
  }),
});

/** One hang in every block of calls, at a random place, so that chance cannot put the stall off for long. */
function pattern(bench: Bench): number[] {
  const block = Array.from({ length: HANGS_ONE_IN }, (_, at) => (at === 0 ? 1 : 0));
  return Array.from({ length: LONG }, () => bench.random.shuffle(block)).flat();
}
