import assert from "node:assert/strict";
import type { TestedProgram } from "./_program.js";

/** Starts the model's program with these fields as its workload. */
export type Start = (workload: Readonly<Record<string, unknown>>) => Promise<TestedProgram>;

/** Runs `body` and leaves nothing of the program, however the body ends. */
export async function withProgram(
  program: TestedProgram,
  body: (program: TestedProgram) => Promise<void>,
): Promise<void> {
  try {
    await body(program);
  } finally {
    await program.destroy();
  }
}

/** What it prints next must be `{"<key>": ...}`; gives what is in it. */
export async function answered(program: TestedProgram, key: "ready" | "result"): Promise<unknown> {
  const message = await program.answer();
  assert.ok(typeof message === "object" && message !== null && key in message, shown(key, message));
  return Object.getOwnPropertyDescriptor(message, key)?.value;
}

const shown = (key: string, message: unknown): string =>
  `expected {"${key}": ...}, got ${JSON.stringify(message)}`;
