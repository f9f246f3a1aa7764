import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import type { TasksResult, Usage } from "../../src/program/answer.js";

/** Clocks of two languages, two threads, two roundings: what may lie between them. */
const CLOCK_MS = 0.5;
/** A millisecond for timers that count in whole ones, and a bit for rounding. */
export const EARLY_MS = 1.1;

/** `wall`: how long the work took at most, in milliseconds. */
export function assertPlausibleUsage(usage: Usage | undefined, wall: number): void {
  if (usage === undefined) return;
  const cpuMs = (usage.userMs ?? 0) + (usage.systemMs ?? 0);
  const possible = wall * availableParallelism() * 1.1 + 50;
  assert.ok(cpuMs <= possible, `${cpuMs} ms of CPU in ${wall} ms`);
}

/** What holds for every burst: the clocks agree with each other. */
export function assertBurst(result: TasksResult, tasks: number): void {
  const { latencyMs, insideMs = [], totalMs } = result;
  assert.equal(latencyMs.length, tasks, "one latency per task");
  assert.equal(insideMs.length, tasks, "one time inside per task");
  for (const [i, latency] of latencyMs.entries()) {
    const inside = insideMs[i] ?? 0;
    assert.ok(latency >= inside - CLOCK_MS, `task ${i}: latency ${latency} ms, but ${inside} ms inside`);
    assert.ok(totalMs >= latency - CLOCK_MS, `task ${i}: latency ${latency} ms, but ${totalMs} ms in total`);
  }
  assertPlausibleUsage(result.usage, totalMs);
}

/** Every task waited what it was asked to, by its own clock. */
export function assertWaited(result: TasksResult, waitMs: number): void {
  const shortest = Math.min(...(result.insideMs ?? []));
  assert.ok(shortest >= waitMs - EARLY_MS, `asked to wait ${waitMs} ms, waited ${shortest} ms`);
}
