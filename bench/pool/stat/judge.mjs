import { median } from "../../shared/quantile.mjs";
import { ratioOf } from "../../shared/ratio.mjs";
import { OURS, peerNamed } from "../peers.mjs";
import { ranked, valuesOf } from "./ranked.mjs";

/**
 * One row of the table. `met` is "yes", "no" or null (no target, or nothing of ours to hold against it), `sure` says
 * that the whole interval agrees, `loss` names the best peer when the whole interval of ours over it is on the wrong
 * side of 1, whatever the target says.
 */
export function judgeRow(row, samples) {
  const peers = Object.fromEntries([...samples].map(([name, list]) => [name, summary(row, list)]));
  const ours = peers[OURS] ?? null;
  const order = ranked(row, samples);
  const held = order.find((name) => row.against === "best" || peerNamed(name).family === row.against);
  const common = {
    name: row.name,
    title: row.title,
    unit: row.unit,
    better: row.better,
    against: row.against,
    target: row.target?.words ?? null,
    peers,
    ours: ours?.median ?? null,
    failed: ours?.failed ?? null,
    best: held === undefined ? null : { name: held, value: peers[held].median },
    compared: null,
    met: null,
    sure: false,
    loss: null,
  };
  if (ours === null || ours.values.length === 0) return common;
  if (row.against === null) return { ...common, ...holds(row, ours.median, ...range(ours.values)) };
  if (held === undefined) return common;

  const compared = ratioOf(ours.values, peers[held].values);
  return {
    ...common,
    compared,
    ...holds(row, compared.ratio, compared.low, compared.high),
    loss: lossTo(row, ours, order[0], peers[order[0]]),
  };
}

function summary(row, list) {
  const values = valuesOf(row, list);
  const failed = list.find((sample) => sample.failed !== undefined)?.failed ?? null;
  const cannot = list.find((sample) => sample.cannot !== undefined)?.cannot ?? null;
  return { median: values.length > 0 ? median(values) : null, values, failed, cannot };
}

function holds(row, value, low, high) {
  if (row.target === null) return {};
  const met = row.target.holds(value);
  return { met: met ? "yes" : "no", sure: row.target.holds(low) === met && row.target.holds(high) === met };
}

function lossTo(row, ours, name, theirs) {
  const { ratio, low, high } = ratioOf(ours.values, theirs.values);
  const lost = row.better === "higher" ? high < 1 : low > 1;
  return lost ? { to: name, value: theirs.median, ratio, low, high } : null;
}

function range(values) {
  return [Math.min(...values), Math.max(...values)];
}
