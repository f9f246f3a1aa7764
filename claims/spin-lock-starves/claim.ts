import { defineClaim, NotTestable } from "@heddle/claims";
import { decide, type SpinLockStarves } from "./rule.js";

const URGENT_MS = 30;
/** Each is twice the one before and one more, as the program counts. */
const SPINNERS = [1, 3, 7];

export const claim = defineClaim<SpinLockStarves>({
  id: "spin-lock-starves",
  topic: "failure",
  claim: "A thread that spins while it waits for a lock starves the thread that holds it.",
  source: "common advice, of no particular text",
  experiment:
    "In C, the holder of a lock computes: alone, beside 1 to 7 threads that spin on its CPU, beside one that spins on another CPU, beside 7 that yield in their loop and 7 that sleep in a mutex. The share of its CPU that it gets, the best of a few tries, all threads ahead of other programs where the system allows it, and there also beside one spinner of real-time priority that gives up after 30 ms.",
  rule: "The holder is starved if it gets at most 30 % of its CPU, and unharmed from 70 %. Refuted if 7 spinners on its CPU leave it unharmed, confirmed if one on another CPU starves it as well, and it depends on the CPU if that one does not. Undecided on a machine that is so busy that the holder does not even get 70 % alone.",
  practice:
    "Spin only for a moment and only where the holder surely runs on another CPU; then sleep, as every mutex of a library does. In a container with one CPU, or with real-time priorities, a spinning thread waits for somebody whom it keeps from running.",
  programs: ["spin.c"],
  seconds: { full: 0.8, quick: 0.5 },
  async measure(bench) {
    const args = { reps: bench.quick ? 1 : 2, most: SPINNERS.at(-1), urgentMs: URGENT_MS };
    const { result } = await bench.must("spin.c", args);
    const refusal = result.raw["error"];
    if (typeof refusal === "string")
      throw new NotTestable(refusal, "on Linux, where a thread can be tied to a CPU");
    const orNull = (share: number): number | null => (share < 0 ? null : share);
    return {
      alone: result.number("alone"),
      spinners: SPINNERS,
      spin: result.numbers("spin"),
      yielding: result.number("yield"),
      asleep: result.number("asleep"),
      own: orNull(result.number("own")),
      urgent: orNull(result.number("urgent")),
    };
  },
  decide,
  picture: ({ spin, yielding, asleep, own, urgent, spinners }) => ({
    kind: "bars",
    title: "What the holder of a lock gets of its CPU",
    value: { name: "share of its CPU", unit: "%" },
    bars: [
      ...spinners.map((count, at) => ({
        name: `${count} spinning on its CPU`,
        value: (spin[at] ?? 0) * 100,
      })),
      ...(urgent === null ? [] : [{ name: "1 of real-time priority", value: urgent * 100 }]),
      ...(own === null ? [] : [{ name: "1 spinning on another CPU", value: own * 100 }]),
      { name: `${spinners.at(-1) ?? 0} yielding`, value: yielding * 100, role: "cure" as const },
      { name: `${spinners.at(-1) ?? 0} asleep in a mutex`, value: asleep * 100, role: "cure" as const },
    ],
  }),
});
