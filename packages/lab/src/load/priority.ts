import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";

/**
 * Asks for a scheduling priority (-20 first, 19 last) for this process; being refused is no error, because whether the
 * process was held up is measured anyway. Call it before any thread is made: threads take that of their maker.
 *
 * A nice value decides shares, not who runs first: since Linux 6.6 a process that wakes up may still have to wait until
 * others have used up their slices, some milliseconds of send lag at p99 beside a busy server. So a negative value
 * also asks for the lowest real-time priority, which runs at once; the kernel keeps 5 % of the time for all others.
 * Where sessions share the processors evenly (autogroup), nice values count only within one, and so the group of this
 * session, which the caller must lead, is asked for the same.
 */
export function askPriority(nice: number): void {
  attempt(() => setPriority(0, nice));
  attempt(() => writeFileSync("/proc/self/autogroup", String(nice)));
  if (nice < 0)
    spawnSync("chrt", ["--all-tasks", "--rr", "--pid", "1", String(process.pid)], { stdio: "ignore" });
}

function attempt(ask: () => void): void {
  try {
    ask();
  } catch {
    // Higher than usual is allowed to root only, and not every system has every way.
  }
}
