import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { z } from "zod";
import { readySchema } from "./answer.js";
import { lastWords, ProgramFailure, quoteOutput } from "./failure.js";
import { keepTail, readLines } from "./lines.js";
import { dismiss, enlist } from "./live.js";
import { endRemains, noteMembers } from "./remains.js";

/** A million latencies as JSON text. */
const LONGEST_LINE = 64 * 1024 * 1024;
/** Answers kept that nobody has asked for yet: a program that prints them for ever must not fill our memory. */
const MOST_WAITING = 4;
const STDERR_KEPT = 64 * 1024;
/** How long a program may take to leave after its stdin ended, before it is killed: a JVM with 10,000 threads takes seconds. */
const LEAVE_MS = 15_000;
const FAILED_LEAVE_MS = 300;

export interface StartOptions {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly workload: Readonly<Record<string, unknown>>;
  readonly readyMs: number;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A program that obeys docs/models.md, started and ready. */
export interface Program {
  readonly pid: number;
  readonly port: number | undefined;
  /** Sends one command line; a program that no longer listens is noticed by the next `result`. */
  send(line: string): void;
  /** The next result. Rejects with ProgramFailure when the program dies, is garbled or takes longer than `withinMs`. */
  result<T>(schema: z.ZodType<T>, withinMs: number): Promise<T>;
  /** True once the program has ended, and `endedWell` when it did so with code 0. */
  readonly ended: boolean;
  readonly endedWell: boolean;
  /** Ends stdin, waits, then kills what is left. Returns how many processes had to be killed. */
  stop(): Promise<number>;
  /** The same for a program that failed: nothing honest is expected of it, so it gets no time. */
  kill(): Promise<void>;
}

interface Answers {
  /** Answers that nobody has asked for yet, in order. */
  readonly waiting: unknown[];
  take: ((answer: unknown) => void) | null;
  fail: ((why: ProgramFailure) => void) | null;
  failure: ProgramFailure | null;
}

/** Starts a program in a session of its own and waits until it is ready; on any failure nothing of it is left behind. */
export async function startProgram(options: StartOptions): Promise<Program> {
  options.signal?.throwIfAborted();
  const [command, ...args] = options.argv;
  if (command === undefined) throw new Error("this is a bug in Heddle: empty argv");
  const child = spawn(command, [...args, JSON.stringify(options.workload)], {
    cwd: options.cwd,
    ...(options.env === undefined ? {} : { env: { ...process.env, ...options.env } }),
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const program = attach(child, command);
  const onAbort = (): void => program.abandon("interrupted");
  options.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const ready = await program.next("ready", readySchema, options.readyMs);
    return {
      pid: child.pid ?? 0,
      port: ready.port,
      send: program.send,
      result: (schema, withinMs) => program.next("result", schema, withinMs),
      get ended() {
        return child.exitCode !== null || child.signalCode !== null;
      },
      get endedWell() {
        return child.exitCode === 0;
      },
      async stop() {
        options.signal?.removeEventListener("abort", onAbort);
        return await program.stop(LEAVE_MS);
      },
      async kill() {
        options.signal?.removeEventListener("abort", onAbort);
        await program.stop(FAILED_LEAVE_MS);
      },
    };
  } catch (error) {
    options.signal?.removeEventListener("abort", onAbort);
    await program.stop(FAILED_LEAVE_MS);
    throw error;
  }
}

function attach(child: ChildProcessWithoutNullStreams, command: string) {
  const answers: Record<"ready" | "result", Answers> = { ready: noAnswers(), result: noAnswers() };
  const stderr = keepTail(child.stderr, STDERR_KEPT);
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  if (child.pid !== undefined) enlist(child.pid);

  const abandon = (why: string): void => {
    for (const one of Object.values(answers)) {
      one.failure ??= new ProgramFailure(why);
      one.fail?.(one.failure);
    }
  };
  child.stdin.on("error", () => {}); // EPIPE: the program left; `close` says so with its exit code
  child.once("error", (error) => abandon(`could not be started (${command}): ${error.message}`));
  child.once("exit", (code, signal) => {
    const tell = (): void => {
      const how = signal === null ? `with code ${code}` : `by ${signal}`;
      const said = lastWords(stderr());
      abandon(`ended ${how}${said === "" ? "" : `: ${said}`}`);
    };
    // `close` comes after the last output; a grandchild that holds the pipe open would keep it away for ever
    child.once("close", tell);
    setTimeout(tell, 500).unref();
  });
  readLines(
    child.stdout,
    LONGEST_LINE,
    (line) => take(line, answers, abandon),
    () => abandon(`printed a line longer than ${LONGEST_LINE / 1024 / 1024} MiB`),
  );

  return {
    abandon,
    send: (line: string): void => {
      if (child.stdin.writable) child.stdin.write(`${line}\n`);
    },
    next: <T>(kind: "ready" | "result", schema: z.ZodType<T>, withinMs: number): Promise<T> =>
      nextAnswer(answers[kind], kind, schema, withinMs),
    async stop(leaveMs: number): Promise<number> {
      const members = child.pid === undefined ? null : noteMembers(child.pid);
      child.stdin.end();
      await Promise.race([gone, delay(leaveMs)]);
      if (child.pid === undefined || members === null) return 0;
      const ended = await endRemains(child.pid, members, 500);
      dismiss(child.pid);
      return ended;
    },
  };
}

function noAnswers(): Answers {
  return { waiting: [], take: null, fail: null, failure: null };
}

function take(
  line: string,
  answers: Record<"ready" | "result", Answers>,
  abandon: (why: string) => void,
): void {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    abandon(`printed a line that is not JSON: ${quoteOutput(line)}`);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const kind of ["ready", "result"] as const) {
    if (!(kind in value)) continue;
    const answer: unknown = Reflect.get(value, kind);
    const { take: waiter } = answers[kind];
    if (waiter !== null) waiter(answer);
    else if (answers[kind].waiting.length < MOST_WAITING) answers[kind].waiting.push(answer);
    else abandon(`printed more than ${MOST_WAITING} answers that nobody had asked for`);
  }
}

async function nextAnswer<T>(
  answers: Answers,
  kind: string,
  schema: z.ZodType<T>,
  withinMs: number,
): Promise<T> {
  const answer = await new Promise<unknown>((resolve, reject) => {
    if (answers.waiting.length > 0) return resolve(answers.waiting.shift());
    if (answers.failure !== null) return reject(answers.failure);
    const timer = setTimeout(() => {
      reject(new ProgramFailure(`gave no "${kind}" within ${(withinMs / 1_000).toFixed(0)} s`));
    }, withinMs);
    answers.take = (value) => {
      clearTimeout(timer);
      resolve(value);
    };
    answers.fail = (why) => {
      clearTimeout(timer);
      reject(why);
    };
  }).finally(() => {
    answers.take = null;
    answers.fail = null;
  });
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? kind : `${kind}.${issue.path.join(".")}`;
  throw new ProgramFailure(`its "${field}" is not what docs/models.md asks: ${issue?.message ?? "unknown"}`);
}

const delay = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
