import { execFile } from "node:child_process";

export interface Ended {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tooLong: boolean;
}

/** Runs Node with these arguments to its end, or for `limitMs`; then it is killed. */
export function runNode(args: readonly string[], cwd: string, limitMs: number): Promise<Ended> {
  // A test runner's child would report to it instead of behaving like a user's program.
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, NODE_ENV: ___, ...env } = process.env;
  return new Promise((ended) => {
    const options = { cwd, env, timeout: limitMs, killSignal: "SIGKILL" as const, maxBuffer: 16 << 20 };
    const child = execFile(process.execPath, args, options, (error, stdout, stderr) => {
      ended({ code: child.exitCode, stdout, stderr, tooLong: error?.killed === true });
    });
  });
}
