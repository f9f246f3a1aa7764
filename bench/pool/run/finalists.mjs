import { OURS, peerNamed } from "../peers.mjs";
import { ranked } from "../stat/ranked.mjs";

/**
 * Who stays after the screening: ours, and per row the best `keep` of those it is held against and the best other. A
 * peer is screened by its best run: one disturbed by others must not drop it, and the later runs show what is typical.
 */
export function finalists(rows, samples, keep) {
  const names = new Set(samples.has(OURS) ? [OURS] : []);
  for (const row of rows) {
    const order = ranked(row, samples, row.better === "higher" ? largest : smallest);
    const held = order.filter((name) => row.against === "best" || peerNamed(name).family === row.against);
    for (const name of held.slice(0, keep)) names.add(name);
    const other = order.find((name) => !names.has(name) && !held.includes(name));
    if (other !== undefined) names.add(other);
  }
  return [...names].filter((name) => samples.get(name).every((sample) => sample.failed === undefined));
}

function largest(values) {
  return Math.max(...values);
}

function smallest(values) {
  return Math.min(...values);
}
