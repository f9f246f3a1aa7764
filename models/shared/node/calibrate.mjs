import { now } from "./clock.mjs";
import { kernel } from "./kernel.mjs";

const WARM_MS = 60;
const TRY_MS = 20;
const TRIES = 7;

/**
 * Rounds of the kernel in 1 ms. The best of several tries, because whatever disturbs a try only ever slows it.
 * Takes about 200 ms.
 */
export function calibrate() {
  let rounds = 10_000;
  for (const start = now(); now() - start < WARM_MS; ) rounds = sized(rounds);
  let best = 0;
  for (let i = 0; i < TRIES; i++) best = Math.max(best, rounds / timed(rounds));
  return { roundsPerMs: Math.round(best) };
}

/** Rounds that take about TRY_MS, judged by running `rounds`; at most ten times as many. */
function sized(rounds) {
  const factor = TRY_MS / timed(rounds);
  return Math.max(1_000, Math.round(rounds * Math.min(10, factor)));
}

function timed(rounds) {
  const start = now();
  kernel(rounds);
  return Math.max(now() - start, 1e-4);
}
