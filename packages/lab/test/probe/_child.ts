import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { TestContext } from "node:test";

/**
 * Starts a node program in a session of its own and waits for the line it prints when it is set up.
 * Its session is killed after the test, whatever happened.
 */
export async function startNode(
  t: TestContext,
  script: string,
  env: Record<string, string> = {},
): Promise<{ pid: number; child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, ["-e", script], {
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error("node did not start");
  t.after(() => {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // Already gone, as it should be.
    }
  });
  const [chunk] = await once(child.stdout, "data", { signal: AbortSignal.timeout(20_000) });
  return { pid, child, line: String(chunk).trim() };
}

export const stay = "setInterval(() => {}, 1_000);";

/** Looks every 20 ms until it holds; fails after ten seconds. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("it did not come true within 10 s");
}

/** Tests that read `/proc` run on Linux only. */
export const onLinux = { skip: process.platform === "linux" ? false : "needs /proc" };
