import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { StartableModel } from "../model/schema.js";
import { calibrateResultSchema } from "../program/answer.js";
import { ProgramFailure } from "../program/failure.js";
import { startProgram } from "../program/start.js";

const MIB = 1024 * 1024;
const STEP = 64 * 1024;
const CALIBRATE_MS = 20_000;

/** Bytes whose SHA-256 takes about 1 ms here. The best of several tries is the one that nobody disturbed. */
export function hashBytes(): number {
  const buffer = Buffer.alloc(MIB);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 12; i++) {
    const from = performance.now();
    createHash("sha256").update(buffer).digest();
    best = Math.min(best, performance.now() - from);
  }
  return Math.max(STEP, Math.round(MIB / best / STEP) * STEP);
}

/**
 * Rounds of the kernel per millisecond, by language. One model per language is asked and all of that language get the
 * same rounds, so that they do equal work. A language whose program cannot tell is left out; its cells say so.
 * Ends early when the signal is aborted.
 */
export async function roundsPerMs(
  startables: readonly StartableModel[],
  signal: AbortSignal | undefined,
  onDone: (what: string) => void,
): Promise<Map<string, number>> {
  const rounds = new Map<string, number>();
  for (const startable of startables) {
    if (signal?.aborted === true) break;
    const { language, workloads } = startable.model;
    if (rounds.has(language) || !workloads.includes("serve")) continue;
    try {
      rounds.set(language, await calibrate(startable, signal));
      onDone(`1 ms of computing in ${language} is ${Math.round(rounds.get(language) ?? 0)} rounds`);
    } catch (error) {
      if (!(error instanceof ProgramFailure)) throw error;
    }
  }
  return rounds;
}

async function calibrate(startable: StartableModel, signal: AbortSignal | undefined): Promise<number> {
  const program = await startProgram({
    argv: startable.argv,
    cwd: startable.cwd,
    workload: { kind: "calibrate" },
    readyMs: CALIBRATE_MS,
    signal,
  });
  let answer: { roundsPerMs: number };
  try {
    program.send("go");
    answer = await program.result(calibrateResultSchema, CALIBRATE_MS);
  } catch (error) {
    await program.kill();
    throw error;
  }
  await program.stop();
  return answer.roundsPerMs;
}
