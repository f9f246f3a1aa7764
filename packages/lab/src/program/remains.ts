import { findMembers, type Known } from "../probe/members.js";
import { isEnded } from "../probe/record.js";
import { killSession } from "../probe/session.js";

/** Processes of a program noted while it ran, by pid and start, so that one that leaves the session is still known. */
export type Members = Known;

export function noteMembers(pid: number, known: Members = new Map()): Members {
  findMembers(pid, known);
  return known;
}

/**
 * Ends what is left of a program: its session first, then noted processes that began a session of their own.
 * Gives how many had to be ended.
 */
export async function endRemains(pid: number, known: Members, graceMs: number): Promise<number> {
  noteMembers(pid, known);
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
