import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

/** The claim: CPU use from 40 to 85 %, p99 from 150 to 30 ms. */
export const CLAIMED = { asyncMs: 150, hybridMs: 30 } as const;
/** What counts as the claim's gain at one load: the p99 at least halved, and clearly more CPU in use. */
const LEAST_FASTER = 2;
const LEAST_BUSIER = 1.2;

/** Hybrid is judged only where it got the CPU that the work needs, or close to it. */
const LEAST_GOT = 0.9;

export type Hybrid = {
  readonly cores: number;
  /** Offered CPU work, in cores. */
  readonly loads: readonly number[];
  /** CPU in use while requests arrived, in cores. */
  readonly asyncCores: readonly number[];
  readonly hybridCores: readonly number[];
  readonly asyncP99Ms: readonly number[];
  readonly hybridP99Ms: readonly number[];
};

export interface Gain {
  readonly load: number;
  readonly faster: number;
  readonly busier: number;
  readonly holds: boolean;
}

export function gainsOf(numbers: Hybrid): Gain[] {
  return numbers.loads.map((load, at) => {
    const faster = ratio(numbers.asyncP99Ms[at], numbers.hybridP99Ms[at]);
    const busier = ratio(numbers.hybridCores[at], numbers.asyncCores[at]);
    return { load, faster, busier, holds: faster >= LEAST_FASTER && busier >= LEAST_BUSIER };
  });
}

/** Pure: the gain at every load, at none, or from some load on. */
export function decide(numbers: Hybrid): Decision {
  const gains = gainsOf(numbers);
  const held = gains.filter(({ holds }) => holds);
  const best = held.reduce<Gain | undefined>((a, b) => (a && a.faster >= b.faster ? a : b), undefined);
  const [calm] = gains;
  const told = best ?? gains.at(-1);
  const measured = effect(
    `p99 of async-only over hybrid with ${told?.load} cores of work`,
    told?.faster ?? Number.NaN,
    "x",
  );
  const why = [calm, told].map((gain) => say(numbers, gain)).join("; ");
  if (held.length === gains.length) return confirmed(why, measured);
  const starved = numbers.loads.some(
    (load, at) => load > 1 && (numbers.hybridCores[at] ?? 0) < LEAST_GOT * load,
  );
  if (held.length === 0 && starved) return undecided(`${why}: other programs had the second core`, measured);
  if (held.length === 0) return refuted(why, measured);
  return depends("the load: whether the computing fills the loop's one core", why, measured);
}

function say(numbers: Hybrid, gain: Gain | undefined): string {
  if (gain === undefined) return "";
  const at = numbers.loads.indexOf(gain.load);
  const use = (cores = Number.NaN): string => `${((cores / numbers.cores) * 100).toFixed(0)} %`;
  const ms = (value = Number.NaN): string => value.toFixed(0);
  return `with ${gain.load} cores of work, hybrid takes CPU use of ${numbers.cores} cores from ${use(numbers.asyncCores[at])} to ${use(numbers.hybridCores[at])} and p99 from ${ms(numbers.asyncP99Ms[at])} to ${ms(numbers.hybridP99Ms[at])} ms`;
}

const ratio = (a = Number.NaN, b = Number.NaN): number => a / b;
