import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

export const BIN = fileURLToPath(new URL("../../../bin/heddle.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs; `ended` settles when it has left and its output is read. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Settles when stdout or stderr has shown this text. */
  seen(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the real program in a folder of its own, without colours and with an empty stdin. */
export function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", COLUMNS: "100", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const check of waiting) check();
  };
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    look();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    look();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return {
    pid: child.pid ?? -1,
    ended,
    kill: (signal) => child.kill(signal),
    seen: (text) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (!(stdout + stderr).includes(text)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
        void ended.then(() => reject(new Error(`ended without showing ${text}:\n${stdout}\n${stderr}`)));
      }),
  };
}

/** Runs the program to its end. */
export function heddle(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return start(args, cwd, env).ended;
}

/** A folder that goes when the tests of this file have run. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "heddle-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
