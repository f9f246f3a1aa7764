import { spawn } from "node:child_process";
import { ProgramFailure } from "./failure.js";
import { guardMemory } from "./guard.js";
import { dismiss, enlist } from "./live.js";
import { endRemains, freeze, type Members, noteMembers } from "./remains.js";

/** Characters kept of each stream; a program that prints for ever must not fill our memory. */
const MOST_OUTPUT = 4 * 1024 * 1024;

export interface OnceOptions {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** After so long the program and all it started are killed; that is an outcome, not an error. */
  readonly withinMs: number;
  /** The same when its whole tree takes more than this. */
  readonly mostMb: number;
  readonly stdin?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How a program that ran to its end, or to its limit, went. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** `exit`: by itself; `time` and `memory`: killed at that limit. */
  readonly end: "exit" | "time" | "memory";
  /** From the start of the process to its end: the start of its runtime is in it. */
  readonly elapsedMs: number;
  /** Processes that outlived it and had to be ended. */
  readonly left: number;
}

/**
 * Runs a program in a session of its own and waits for its end. Whatever way it ends, nothing of its tree is left.
 * @throws ProgramFailure when it cannot be started; the signal's reason when aborted, after the tree was killed.
 */
export async function runOnce(options: OnceOptions): Promise<Ran> {
  options.signal?.throwIfAborted();
  const [command = "", ...args] = options.argv;
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const { pid } = child;
  if (pid !== undefined) enlist(pid);
  let end: Ran["end"] = "exit";
  const noted: { members: Members | null } = { members: null };
  const strike = (why: Ran["end"]): void => {
    if (end === "exit") end = why;
    if (pid === undefined) return;
    freeze(pid);
    noted.members = noteMembers(pid);
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // it ended meanwhile
    }
  };
  const closed = new Promise((resolve) => child.once("close", resolve));
  const stdout = keepHead(child.stdout);
  const stderr = keepHead(child.stderr);
  const late = setTimeout(() => strike("time"), options.withinMs);
  const onAbort = (): void => strike("time");
  options.signal?.addEventListener("abort", onAbort, { once: true });
  using _guard = guardMemory(pid ?? 0, options.mostMb, () => strike("memory"));
  child.stdin.on("error", () => {}); // EPIPE: a program may leave without reading
  child.stdin.end(options.stdin ?? "");
  try {
    const { code, signal } = await ended(child, command);
    const elapsedMs = performance.now() - startedAt;
    // A grandchild that holds the pipes open would keep `close` away for ever.
    await Promise.race([closed, delay(200)]);
    const left = pid === undefined ? 0 : await endRemains(pid, noted.members ?? new Map(), 300);
    options.signal?.throwIfAborted();
    return { stdout: stdout(), stderr: stderr(), code, signal, end, elapsedMs, left };
  } finally {
    clearTimeout(late);
    options.signal?.removeEventListener("abort", onAbort);
    if (pid !== undefined) dismiss(pid);
  }
}

function ended(
  child: ReturnType<typeof spawn>,
  command: string,
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) =>
      reject(new ProgramFailure(`could not be started (${command}): ${error.message}`)),
    );
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
}

function keepHead(stream: NodeJS.ReadableStream): () => string {
  let head = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    if (head.length < MOST_OUTPUT) head = (head + chunk).slice(0, MOST_OUTPUT);
  });
  return () => head;
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
