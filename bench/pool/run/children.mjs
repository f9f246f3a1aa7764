/** Child processes that cannot outlive the runner: killed by id on every way out of it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../child.mjs", import.meta.url));
/** Several times what the slowest measurement takes; a peer that hangs costs this much and its place in the row. */
const LIMIT_MS = 45_000;
const GRACE_MS = 500;

const live = new Set();

/** One measurement: the sample, or `{ failed: why }`. Never rejects for what a peer does. */
export async function measureInChild(peer, row, knobs) {
  const child = spawn(process.execPath, [script, peer, row, JSON.stringify(knobs)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  live.add(child);
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, LIMIT_MS);
  try {
    const [out, err, [code, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    if (late) return { failed: `no result within ${LIMIT_MS / 1_000} s` };
    return (
      parse(out) ?? { failed: `ended with ${signal ?? `code ${code}`} and no result. ${err.slice(0, 500)}` }
    );
  } finally {
    clearTimeout(limit);
    live.delete(child);
  }
}

/** Ends what runs, asking first: a child then ends its own burners and clients at once instead of a moment later. */
export async function endChildren() {
  const children = [...live];
  for (const child of children) child.kill("SIGTERM");
  const ended = Promise.all(children.map((child) => child.exitCode ?? once(child, "close")));
  await Promise.race([ended, sleep(GRACE_MS)]);
  for (const child of children) child.kill("SIGKILL");
}

export function endChildrenOnSignals() {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ]) {
    process.once(signal, () => endChildren().finally(() => process.exit(code)));
  }
  process.once("exit", () => {
    for (const child of live) child.kill("SIGKILL");
  });
}

/** A library may print too; the result is the last line that is JSON. */
function parse(out) {
  for (const line of out.trimEnd().split("\n").reverse()) {
    try {
      return JSON.parse(line);
    } catch {
      // Not ours.
    }
  }
  return null;
}
