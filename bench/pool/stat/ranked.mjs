import { median } from "../../shared/quantile.mjs";
import { OURS } from "../peers.mjs";

/** What a row reads from a peer's samples; runs in which it has nothing to read are left out. */
export function valuesOf(row, samples) {
  return samples
    .filter((sample) => sample.failed === undefined && sample.cannot === undefined)
    .map((sample) => row.read(sample))
    .filter((value) => Number.isFinite(value));
}

/**
 * The peers that have the most runs of this row, the best first by what `typical` makes of a peer's runs. Ours and
 * awaiting on the main thread are no peers.
 */
export function ranked(row, samples, typical = median) {
  const candidates = [...samples]
    .filter(([name]) => name !== OURS && name !== "inline")
    .map(([name, list]) => ({ name, values: valuesOf(row, list) }));
  const most = Math.max(0, ...candidates.map(({ values }) => values.length));
  const sign = row.better === "higher" ? -1 : 1;
  return candidates
    .filter(({ values }) => values.length > 0 && values.length === most)
    .map(({ name, values }) => ({ name, value: typical(values) }))
    .sort((a, b) => sign * (a.value - b.value))
    .map(({ name }) => name);
}
