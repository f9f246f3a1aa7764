import type { StatRecord } from "./record.js";

type Processes = ReadonlyMap<number, StatRecord>;

/**
 * CPU ticks that ended processes took with them between two looks. A process that is waited for by its parent hands
 * its time to it (`childTicks` of the parent grows by at least as much as we last saw); one adopted by init hands it
 * to init, where we cannot see it, so its last-seen time is kept here.
 *
 * Ended processes are charged to their nearest living ancestor: a whole subtree may end between two looks. What that
 * ancestor's `childTicks` did not grow by is lost. Ticks are whole 10 ms, so up to one tick per child may be counted
 * twice; it never falls below what was seen.
 */
export function lostTicks(before: Processes, now: Processes): number {
  const charged = new Map<number, number>();
  let lost = 0;
  for (const record of before.values()) {
    if (isSame(record, now.get(record.pid))) continue;
    const ticks = record.ownTicks + record.childTicks;
    const heir = livingAncestor(record, before, now);
    if (heir === null) lost += ticks;
    else charged.set(heir, (charged.get(heir) ?? 0) + ticks);
  }
  for (const [heir, ticks] of charged) {
    const inherited = (now.get(heir)?.childTicks ?? 0) - (before.get(heir)?.childTicks ?? 0);
    lost += Math.max(0, ticks - inherited);
  }
  return lost;
}

function livingAncestor(record: StatRecord, before: Processes, now: Processes): number | null {
  let parent = before.get(record.parent);
  // Bounded by the number of processes: recycled pids could otherwise close a circle.
  for (let steps = 0; parent !== undefined && steps <= before.size; steps += 1) {
    if (isSame(parent, now.get(parent.pid))) return parent.pid;
    parent = before.get(parent.parent);
  }
  return null;
}

function isSame(before: StatRecord, now: StatRecord | undefined): boolean {
  return now !== undefined && now.startedAt === before.startedAt;
}
