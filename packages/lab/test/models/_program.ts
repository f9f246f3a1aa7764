import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { StartableModel } from "../../src/model/schema.js";

const ANSWER_MS = 30_000;
/** "At once", on a machine that does other things too. */
const EXIT_MS = 5_000;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** A model's program in a session of its own, spoken to by hand: what is tested here is the bare contract. */
export class TestedProgram {
  readonly #child: ChildProcess;
  readonly #messages: unknown[] = [];
  readonly #ended: Promise<Ended>;
  #hasEnded = false;
  #wake: () => void = () => {};
  #stderr = "";

  constructor(model: StartableModel, workload: string) {
    const [program = "", ...rest] = model.argv;
    const child = spawn(program, [...rest, workload], { cwd: model.cwd, detached: true });
    this.#child = child;
    child.stdin.on("error", () => {});
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr += text;
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      this.#messages.push(parsed(line));
      this.#wake();
    });
    this.#ended = once(child, "close").then(([code, signal]) => {
      this.#hasEnded = true;
      this.#wake();
      return { code, signal, stderr: this.#stderr };
    });
  }

  /** The next line it prints; fails when it ends instead, or takes too long. */
  async answer(): Promise<unknown> {
    const deadline = Date.now() + ANSWER_MS;
    while (this.#messages.length === 0) {
      if (this.#hasEnded) throw new Error(`it ended without an answer; stderr: ${this.#stderr}`);
      if (Date.now() > deadline) throw new Error(`no answer in ${ANSWER_MS} ms; stderr: ${this.#stderr}`);
      await Promise.race([new Promise<void>((resolve) => (this.#wake = resolve)), sleep(1_000)]);
    }
    return this.#messages.shift();
  }

  say(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  endInput(): void {
    this.#child.stdin?.end();
  }

  terminate(): void {
    this.#child.kill("SIGTERM");
  }

  /** How it ended; fails if it does not soon, or if a process of its session outlives it. */
  async ended(): Promise<Ended> {
    const ended = await Promise.race([this.#ended, sleep(EXIT_MS, undefined)]);
    if (ended === undefined) throw new Error(`still running after ${EXIT_MS} ms; stderr: ${this.#stderr}`);
    const deadline = Date.now() + EXIT_MS;
    let left = await session(this.#child.pid);
    while (left.length > 0 && Date.now() < deadline) {
      await sleep(20);
      left = await session(this.#child.pid);
    }
    if (left.length > 0) throw new Error(`left behind: ${left.join("; ")}`);
    return ended;
  }

  /** Whatever happened in the test: nothing of it stays. */
  async destroy(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // Nobody is left in its process group.
    }
    await this.#ended;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return { notJson: line };
  }
}

/** "pid name" of the processes whose session is `leader`; none where there is no /proc. */
async function session(leader: number | undefined): Promise<string[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found: string[] = [];
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    // The name is in parentheses and may hold anything; after it: state, parent, group, session.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] !== "Z" && Number(fields[3]) === leader)
      found.push(stat.slice(0, stat.lastIndexOf(")") + 1));
  }
  return found;
}
