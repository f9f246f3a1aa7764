import { findMembers, type Known, readProcess } from "../probe/members.js";
import { isEnded, type StatRecord } from "../probe/record.js";
import { killSession } from "../probe/session.js";

/** Processes of a program noted while it ran, by pid and start, so that one that leaves the session is still known. */
export type Members = Known;

export function noteMembers(pid: number, known: Members = new Map()): Members {
  findMembers(pid, known);
  return known;
}

/** A fork that is under way ends before its process stands still: that takes as long as the fork. */
const STILL_MS = 20;

/**
 * Stops the session of a program and waits, blocking, until its leader stands still. Who stands still starts no further
 * child, so that the members noted next are all there are: a child in a session of its own would else be missed.
 */
export function freeze(pid: number): void {
  try {
    process.kill(-pid, "SIGSTOP");
  } catch {
    return; // it ended meanwhile
  }
  const until = performance.now() + STILL_MS;
  while (performance.now() < until) {
    const leader = readProcess(pid);
    if (leader === null || leader.state === "T" || isEnded(leader)) return;
  }
}

/** Children may be a moment behind their parent: only who is still there after this is left behind. */
const BEHIND_MS = 1_000;

async function leaving(pid: number, known: Members): Promise<void> {
  const until = performance.now() + BEHIND_MS;
  while (performance.now() < until && alive(pid, known).length > 0) await pause();
}

function alive(pid: number, known: Members): StatRecord[] {
  return findMembers(pid, known).filter((member) => !isEnded(member) && member.pid !== process.pid);
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/**
 * Ends what is left of a program: its session first, then noted processes that began a session of their own.
 * Gives how many had to be ended; they are gone when it does.
 */
export async function endRemains(pid: number, known: Members, graceMs: number): Promise<number> {
  noteMembers(pid, known);
  await leaving(pid, known);
  const { killed } = await killSession(pid, { graceMs });
  let escaped = 0;
  for (const member of alive(pid, known)) {
    try {
      process.kill(member.pid, "SIGKILL");
      escaped += 1;
    } catch {
      // it ended meanwhile
    }
  }
  const until = performance.now() + BEHIND_MS;
  while (escaped > 0 && performance.now() < until && alive(pid, known).length > 0) await pause();
  return killed.length + escaped;
}
