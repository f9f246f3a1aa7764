import { spawn } from "node:child_process";
import { UserError } from "../error.js";

const MOST_OUTPUT = 64 * 1024;
const PATIENCE_MS = 10 * 60_000;

/** How a build command ended. */
export interface Compiled {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last 64 KiB of what it printed. */
  readonly output: string;
}

/**
 * Runs one build command in a process group of its own, at most 10 minutes.
 * Abort, and the end of this process, kill the whole group; then it rejects with the signal's reason.
 */
export function compile(
  argv: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<Compiled> {
  const [program = "", ...args] = argv;
  options.signal.throwIfAborted();
  return new Promise((settle, fail) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true, // a compiler has children of its own; only a group can be killed whole
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk: string) => {
      output = (output + chunk).slice(-MOST_OUTPUT);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", keep);

    const kill = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // ended by itself in between
      }
    };
    const late = setTimeout(() => {
      keep(`\nkilled: not done after ${PATIENCE_MS / 60_000} minutes\n`);
      kill();
    }, PATIENCE_MS);
    options.signal.addEventListener("abort", kill, { once: true });
    process.once("exit", kill);
    const release = () => {
      clearTimeout(late);
      options.signal.removeEventListener("abort", kill);
      process.removeListener("exit", kill);
    };
    child.once("error", (error) => {
      release();
      fail(
        new UserError(
          "BAD_MODEL",
          {
            what: "a build command cannot be started",
            got: `${program}: ${"code" in error ? String(error.code) : error.message}`,
            expected: "a program on this machine",
            next: "see docs/models.md",
          },
          { cause: error },
        ),
      );
    });
    child.once("close", (code, signal) => {
      release();
      if (options.signal.aborted) fail(options.signal.reason);
      else settle({ code, signal, output });
    });
  });
}
