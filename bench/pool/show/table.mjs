import { number } from "../../shared/number.mjs";
import { OURS } from "../peers.mjs";

/** The table: one row a line, and below it what every peer reached. */
export function tableOf(rows) {
  const header = ["row", "measured", "ours", "held against", "ratio [95 %]", "target", "met"];
  const lines = rows.map((row) => [
    row.name,
    row.title,
    withUnit(row.ours, row.unit),
    row.best === null ? "-" : `${withUnit(row.best.value, row.unit)} ${row.best.name}`,
    row.compared === null ? "-" : ratio(row.compared),
    row.target ?? "-",
    verdict(row),
  ]);
  return [
    ...aligned([header, ...lines]),
    "",
    "every peer, median of its runs:",
    ...aligned(rows.map(everyPeer)),
  ].join("\n");
}

/** In words: yes, no, LOSS (a peer is better, whatever the target was), FAILED (ours gave no or a wrong answer). */
export function verdict(row) {
  if (row.failed !== null) return `FAILED: ${row.failed.split("\n")[0]}`;
  if (row.ours === null) return "ours not measured";
  const met = row.met === null ? "" : row.met + (row.sure ? "" : " (not sure)");
  const loss = row.loss === null ? "" : `LOSS to ${row.loss.to} (${number(row.loss.ratio)} of it)`;
  return [met, loss].filter(Boolean).join("; ") || "-";
}

function everyPeer(row) {
  const sign = row.better === "higher" ? -1 : 1;
  const parts = Object.entries(row.peers)
    .sort(([, a], [, b]) => sign * ((a.median ?? sign * Infinity) - (b.median ?? sign * Infinity)))
    .map(([name, peer]) => `${name === OURS ? name.toUpperCase() : name} ${reached(peer)}`);
  return [row.name, parts.join("   ")];
}

function reached(peer) {
  if (peer.failed !== null) return "FAILED";
  if (peer.cannot !== null) return "cannot";
  return number(peer.median);
}

function ratio({ ratio, low, high }) {
  return `${number(ratio)} [${number(low)}, ${number(high)}]`;
}

function withUnit(value, unit) {
  if (value === null) return "-";
  return unit === "/s" ? `${number(value)}/s` : `${number(value)} ${unit}`.trimEnd();
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd(),
  );
}
