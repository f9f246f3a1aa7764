import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";

/**
 * Asks for a scheduling priority (-20 first, 19 last) for this process; being refused is no error, because whether the
 * process was held up is measured anyway. Call it before any thread is made: threads take that of their maker.
 *
 * Where Linux groups processes by session (autogroup), priorities count only within a session, and sessions share the
 * processors evenly. So the group is asked for the same: the caller must lead a session of its own.
 */
export function askPriority(nice: number): void {
  for (const ask of [() => setPriority(0, nice), () => writeFileSync("/proc/self/autogroup", String(nice))]) {
    try {
      ask();
    } catch {
      // Higher than 0 is allowed to root only, and not every system has the second.
    }
  }
}
