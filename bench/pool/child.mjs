/**
 * One measurement in a process of its own, so that no library's threads disturb another's:
 *
 *   node bench/pool/child.mjs <peer> <row> ['{"seed": 1, "roundsPerUs": 700, "quick": true}']
 *
 * Prints one JSON line: what the row's measurement found, or `{"failed": why}`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { openPeer } from "./peers.mjs";
import { loadRow } from "./rows.mjs";
import { calibrate } from "./run/calibrate.mjs";
import { windows } from "./run/windows.mjs";

const CLOSE_MS = 3_000;
/** Longer than the runner waits: it ends a child whose runner was killed and whose peer hangs. */
const LIFE_MS = 60_000;

const [peer, rowName, text = "{}"] = process.argv.slice(2);
const knobs = { seed: 1, quick: false, ...JSON.parse(text) };
knobs.roundsPerUs ??= calibrate();

setTimeout(() => process.exit(1), LIFE_MS).unref();
process.once("SIGTERM", () => process.exit(143));
process.once("SIGINT", () => process.exit(130));

/** Whoever starts processes inside a measurement ends them in an "exit" listener, so that this is enough. */
try {
  const row = await loadRow(rowName);
  const { measure } = await import(`./measure/${row.measurement}.mjs`);
  const pool = await openPeer(peer);
  const sample = await measure(pool, row.options, { ...windows(knobs.quick), ...knobs });
  print(sample);
  await Promise.race([pool.close(), sleep(CLOSE_MS)]);
  process.exit(0);
} catch (error) {
  print({ failed: String(error?.stack ?? error) });
  process.exit(1);
}

function print(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
