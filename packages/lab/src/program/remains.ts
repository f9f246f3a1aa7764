import { findMembers, type Known } from "../probe/members.js";
import { isEnded } from "../probe/record.js";
import { killSession } from "../probe/session.js";

/** Processes of a program noted while it ran, by pid and start, so that one that leaves the session is still known. */
export type Members = Known;

export function noteMembers(pid: number, known: Members = new Map()): Members {
  findMembers(pid, known);
  return known;
}

/** Children may be a moment behind their parent: only who is still there after this is left behind. */
const BEHIND_MS = 1_000;

async function leaving(pid: number, known: Members): Promise<void> {
  const until = performance.now() + BEHIND_MS;
  while (performance.now() < until && findMembers(pid, known).some((member) => !isEnded(member))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * Ends what is left of a program: its session first, then noted processes that began a session of their own.
 * Gives how many had to be ended.
 */
export async function endRemains(pid: number, known: Members, graceMs: number): Promise<number> {
  noteMembers(pid, known);
  await leaving(pid, known);
  const { killed } = await killSession(pid, { graceMs });
  let escaped = 0;
  for (const member of findMembers(pid, known)) {
    if (isEnded(member) || member.pid === process.pid) continue;
    try {
      process.kill(member.pid, "SIGKILL");
      escaped += 1;
    } catch {
      // it ended meanwhile
    }
  }
  return killed.length + escaped;
}
