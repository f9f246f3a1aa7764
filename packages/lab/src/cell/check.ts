import { createHash } from "node:crypto";
import type { TasksResult } from "../program/answer.js";
import { ProgramFailure } from "../program/failure.js";
import type { TasksWorkload } from "./tasks.js";

/** No clock of a program is finer than a nanosecond. */
const SHORTEST_MS = 1e-6;

/** A result is believed only when it is whole, right and possible; otherwise the program failed. */
export function checked(result: TasksResult, workload: TasksWorkload): TasksResult {
  if (result.latencyMs.length !== workload.tasks) {
    throw new ProgramFailure(`answered ${result.latencyMs.length} latencies for ${workload.tasks} tasks`);
  }
  // a rate over no time is no number, and JSON has no word for it
  if (result.totalMs < SHORTEST_MS) {
    throw new ProgramFailure(`says that ${workload.tasks} tasks took ${result.totalMs} ms in all`);
  }
  if (workload.kind === "hash" && result.digest !== digestOf(workload.bytes)) {
    throw new ProgramFailure(`computed a wrong SHA-256: ${result.digest ?? "none"}`);
  }
  // timers may fire up to 1 ms early by design of the event loop library of Node
  const early = result.insideMs?.find((ms) => workload.kind === "wait" && ms < workload.waitMs - 1.1);
  if (early !== undefined) {
    throw new ProgramFailure(
      `a task waited ${early.toFixed(2)} ms instead of ${workload.kind === "wait" ? workload.waitMs : 0}`,
    );
  }
  return result;
}

const digests = new Map<number, string>();

/** The digest every model must find; the buffer is the one docs/models.md describes. */
function digestOf(bytes: number): string {
  const known = digests.get(bytes);
  if (known !== undefined) return known;
  const buffer = Buffer.alloc(bytes);
  for (let i = 0; i < bytes; i++) buffer[i] = (i * 31 + 7) & 255;
  const digest = createHash("sha256").update(buffer).digest("hex");
  digests.set(bytes, digest);
  return digest;
}
