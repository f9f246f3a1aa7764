import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

export const CLAIMED_FROM_US = 1;
export const CLAIMED_TO_US = 10;
/** Powers of ten are met by what lies within half a decade of them. */
const HALF_A_DECADE = Math.sqrt(10);
/** There and back are two switches; with fewer, something else than switches was timed. */
const LEAST_PER_ROUND = 1.8;

export type SwitchCost = {
  /** Microseconds per switch on one CPU, with nothing else in memory to touch. */
  readonly pipeThreadUs: number;
  readonly pipeProcessUs: number;
  readonly futexThreadUs: number;
  readonly futexProcessUs: number;
  /** A hand-over to another CPU that sleeps, the wake-up in it; null with a single CPU. */
  readonly apartUs: number | null;
  /** On one CPU over a pipe, when both sides touch so much memory per turn; what the touching alone takes is taken off. */
  readonly sizesKb: readonly number[];
  readonly threadBySizeUs: readonly number[];
  readonly processBySizeUs: readonly number[];
  readonly switchesPerRound: number;
  /** Of all switches of the program: a thread that waits for its turn leaves by itself. */
  readonly voluntaryShare: number;
};

export function decide(numbers: SwitchCost): Decision {
  const ways = [
    { name: "threads over a futex", us: numbers.futexThreadUs },
    { name: "threads over pipes", us: numbers.pipeThreadUs },
    { name: "processes over a futex", us: numbers.futexProcessUs },
    { name: "processes over pipes", us: numbers.pipeProcessUs },
  ];
  const measured = effect("a switch between two threads on one CPU, over pipes", numbers.pipeThreadUs, "µs");
  if (numbers.switchesPerRound < LEAST_PER_ROUND) {
    const found = numbers.switchesPerRound.toFixed(2);
    return undecided(`the kernel counts only ${found} switches per round trip`, measured);
  }
  const us = (time: number): string => `${time.toFixed(1)} µs`;
  const thread = numbers.threadBySizeUs.at(-1) ?? Number.NaN;
  const process = numbers.processBySizeUs.at(-1) ?? Number.NaN;
  const apart = numbers.apartUs;
  const why =
    `on one CPU a switch takes ${ways.map((way) => `${us(way.us)} (${way.name})`).join(", ")}, system calls included; ` +
    `with ${numbers.sizesKb.at(-1)} KB to touch on each side it is ${us(thread)} between threads and ${us(process)} between processes, caches refilled; ${numbers.switchesPerRound.toFixed(1)} switches per round trip, ${(numbers.voluntaryShare * 100).toFixed(0)} % of all voluntary` +
    (apart === null ? "" : `. Waking a sleeping CPU instead takes ${us(apart)}`);
  const inside = ways.filter(({ us }) => isNear(us)).length;
  if (inside === ways.length) return confirmed(why, measured);
  if (inside === 0) return refuted(why, measured);
  return depends("how the turn is handed over", why, measured);
}

function isNear(us: number): boolean {
  return us >= CLAIMED_FROM_US / HALF_A_DECADE && us <= CLAIMED_TO_US * HALF_A_DECADE;
}
