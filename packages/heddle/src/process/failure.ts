import type { UserError } from "@heddle/lab";
import { type Command, CommanderError } from "commander";
import { harmless } from "../view/paint.js";
import { wrongCall } from "./wrongCall.js";

/** Where messages go. */
export interface Sink {
  write(text: string): unknown;
}

/**
 * Says what went wrong and gives the exit code: 2 for a wrong call or an output that cannot be written, 1 for a bug of
 * ours (with its stack). Commander has printed its own help and version by then; those are no failures.
 */
export function reportFailure(error: unknown, sink: Sink, root: Command, argv: readonly string[]): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (error.code !== "commander.help") sink.write(`${harmlessLines(wrongCall(error, root, argv))}\n`);
    return 2;
  }
  if (isUserError(error)) {
    sink.write(`${harmlessLines(error.message)}\n`);
    return 2;
  }
  const unwritten = outputError(error);
  if (unwritten !== null) {
    sink.write(
      `the output cannot be written\n  got:      ${unwritten}\n  try:      send it where there is room, such as another file or disk\n`,
    );
    return 2;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  sink.write(
    `this is a bug in Heddle, not in your call; please report it with this text:\n${harmlessLines(stack)}\n`,
  );
  return 1;
}

/** Messages quote files and programs: no escape sequence of theirs may reach the terminal. */
function harmlessLines(text: string): string {
  return text.split("\n").map(harmless).join("\n");
}

/** By name, not by class: importing the lab only to print a help text would cost its start-up. */
function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === "UserError" && "parts" in error;
}

/** Files that we write fail with a UserError of their own: a bare write is one to stdout or stderr. */
function outputError(error: unknown): string | null {
  if (!(error instanceof Error) || Reflect.get(error, "syscall") !== "write" || "path" in error) return null;
  return String(Reflect.get(error, "code"));
}
