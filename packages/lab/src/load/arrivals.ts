import { type Random, random } from "../statistics/random.js";

/** Gives the next intended send, in ms since the start of the load; never decreases. */
export type Arrivals = () => number;

export type ArrivalProcess = "poisson" | "constant" | "bursty";

/**
 * A seeded arrival process with a mean of `ratePerS`.
 * - constant: evenly spaced.
 * - poisson: independent exponential gaps, as from many users who do not know of each other.
 * - bursty: a Poisson process whose rate switches on and off: bursts of about 100 ms at four times the mean rate, with
 *   nothing for about three times as long between them (both exponential: an interrupted Poisson process).
 */
export function arrivals(process: ArrivalProcess, ratePerS: number, seed: number): Arrivals {
  if (!(ratePerS > 0)) throw new RangeError(`a rate is a number above 0, got ${ratePerS}`);
  const gapMs = 1_000 / ratePerS;
  if (process === "constant") return constant(gapMs);
  const chance = random(seed);
  return process === "poisson" ? poisson(gapMs, chance) : bursty(gapMs, chance);
}

function constant(gapMs: number): Arrivals {
  let count = 0;
  // A product, not a running sum: rounding must not drift over millions of arrivals.
  return () => gapMs * count++;
}

function poisson(gapMs: number, chance: Random): Arrivals {
  let at = 0;
  return () => {
    at += exponential(gapMs, chance);
    return at;
  };
}

const BURST_MS = 100;
const BURST_FACTOR = 4;

function bursty(gapMs: number, chance: Random): Arrivals {
  const burst = poisson(gapMs / BURST_FACTOR, chance);
  let on = 0; // ms spent inside bursts so far
  let shift = 0; // ms of pauses so far
  let burstEnds = exponential(BURST_MS, chance);
  return () => {
    on = burst();
    while (on > burstEnds) {
      shift += exponential(BURST_MS * (BURST_FACTOR - 1), chance);
      burstEnds += exponential(BURST_MS, chance);
    }
    return on + shift;
  };
}

function exponential(mean: number, chance: Random): number {
  return -Math.log(1 - chance.next()) * mean;
}
