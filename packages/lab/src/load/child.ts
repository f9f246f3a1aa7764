import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

const STDERR_KEPT = 64 * 1024;
const EXIT_GRACE_MS = 1_000;

/** A helper process of ours that prints JSON lines. Its stdin is its lifeline: it exits when that ends. */
export interface Helper extends AsyncDisposable {
  readonly pid: number;
  write(line: string): void;
  /** The lines it prints, until it exits; ends early when the helper is killed. */
  readonly lines: AsyncIterable<string>;
  /** What it said on stderr, for messages about our own bugs. */
  stderr(): string;
}

/** Starts `command` and resolves once it runs. @throws Error when it cannot be started. */
export async function startHelper(command: readonly [string, ...string[]]): Promise<Helper> {
  const [file, ...args] = command;
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(file, args, {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true, // a session of its own: see priority.ts; Ctrl+C reaches it as the end of its stdin
  });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined); // it may be gone already; its exit tells
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  return {
    pid: child.pid ?? 0,
    write: (line) => {
      child.stdin.write(`${line}\n`);
    },
    lines: createInterface({ input: child.stdout }),
    stderr: () => stderr,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      const force = setTimeout(() => child.kill("SIGKILL"), EXIT_GRACE_MS);
      // A result nobody reads any more must not keep the pipe, and so this wait, open.
      child.stdout.resume();
      await exited;
      clearTimeout(force);
    },
  };
}
