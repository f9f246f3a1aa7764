/**
 * Sessions of programs that run now. Every program is a session leader, so one negative pid reaches all of it.
 * The `exit` hook is the last line of defence (a bug of ours, process.exit in the middle): it can only signal, not wait.
 * A SIGKILL of ourselves is covered by the contract instead: programs leave when their stdin ends.
 */
const live = new Set<number>();
let hooked = false;

export function enlist(pid: number): void {
  if (!hooked) {
    hooked = true;
    process.on("exit", killAll);
  }
  live.add(pid);
}

export function dismiss(pid: number): void {
  live.delete(pid);
}

function killAll(): void {
  for (const pid of live) {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // already gone
    }
  }
}
