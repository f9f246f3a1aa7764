import type { UserError } from "@heddle/lab";
import { CommanderError } from "commander";
import { harmless } from "../view/paint.js";

/** Where messages go. */
export interface Sink {
  write(text: string): unknown;
}

/**
 * Says what went wrong and gives the exit code: 2 for a wrong call, 1 for a bug of ours (with its stack).
 * Commander has printed its own help and version by then; those are no failures.
 */
export function reportFailure(error: unknown, sink: Sink, argv: readonly string[]): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (error.code !== "commander.help") sink.write(`${wrongCall(error.message, argv)}\n`);
    return 2;
  }
  if (isUserError(error)) {
    sink.write(`${harmlessLines(error.message)}\n`);
    return 2;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  sink.write(
    `this is a bug in Heddle, not in your call; please report it with this text:\n${harmlessLines(stack)}\n`,
  );
  return 1;
}

/** Commander's "error: X\n(Did you mean Y?)" in the four lines of every other message of ours. */
function wrongCall(message: string, argv: readonly string[]): string {
  const [first = "", second] = message.split("\n");
  const hint = /^\(Did you mean (.*)\?\)$/.exec(second ?? "")?.[1];
  const what = first.replace(/^error: /, "").replace(/\.$/, "");
  const verb = argv.find((word) => ["compare", "claims", "models", "report", "audit"].includes(word));
  const help = ["heddle", verb, "--help"].filter((word) => word !== undefined).join(" ");
  return `${what}\n  try:      ${hint === undefined ? help : `did you mean ${hint}? (${help})`}`;
}

/** Messages quote files and programs: no escape sequence of theirs may reach the terminal. */
function harmlessLines(text: string): string {
  return text.split("\n").map(harmless).join("\n");
}

/** By name, not by class: importing the lab only to print a help text would cost its start-up. */
function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === "UserError" && "parts" in error;
}
