import { OURS, peerNamed } from "../peers.mjs";
import { ranked } from "../stat/ranked.mjs";

/**
 * After everybody ran once: ours, and per row the best `keep` of those it is held against and the best other. Dropping
 * by one run may drop the true best when two are close; then the one that stays is as good within that noise.
 */
export function finalists(rows, samples, keep) {
  const names = new Set(samples.has(OURS) ? [OURS] : []);
  for (const row of rows) {
    const order = ranked(row, samples);
    const held = order.filter((name) => row.against === "best" || peerNamed(name).family === row.against);
    for (const name of held.slice(0, keep)) names.add(name);
    const other = order.find((name) => !names.has(name) && !held.includes(name));
    if (other !== undefined) names.add(other);
  }
  return [...names].filter((name) => samples.get(name).every((sample) => sample.failed === undefined));
}
