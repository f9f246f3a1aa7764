import { readIds, readRecord } from "./read.js";
import { parseStat, type StatRecord } from "./record.js";

/** Processes seen to belong to a tree: pid -> start time. */
export type Known = Map<number, number>;

/**
 * The living (and zombie) processes of the tree below `root`:
 * - its descendants by parent;
 * - when root leads its own session, every process of that session, so that orphans adopted by init still count;
 * - whoever was in `known` (same pid, same start) and their descendants: a daemon that left both is still ours.
 *
 * A session is counted only if root leads it: otherwise it is the shell's, and its members are strangers.
 * Adds what it finds to `known` and drops from it what has ended. Reads every process of the system once:
 * about 8 µs each, 1 ms per 120 processes.
 */
export function findMembers(root: number, known: Known = new Map()): StatRecord[] {
  const all = readProcesses();
  const children = new Map<number, StatRecord[]>();
  const queue: StatRecord[] = [];
  const members = new Set<number>();
  const add = (record: StatRecord): void => {
    if (members.has(record.pid)) return;
    members.add(record.pid);
    queue.push(record);
  };
  const rootStart = known.get(root);
  for (const record of all) {
    const siblings = children.get(record.parent);
    if (siblings === undefined) children.set(record.parent, [record]);
    else siblings.push(record);
    const recycledRoot = record.pid === root && rootStart !== undefined && rootStart !== record.startedAt;
    const isRoot = record.pid === root && !recycledRoot;
    const inSession = record.session === root && !recycledRoot;
    if (isRoot || inSession || known.get(record.pid) === record.startedAt) add(record);
  }
  // `queue` grows while it is walked: at its end it holds the whole tree.
  for (const member of queue) for (const child of children.get(member.pid) ?? []) add(child);
  // Root's own start is kept after its end, so that a stranger with its pid is not taken for it.
  known.clear();
  if (rootStart !== undefined) known.set(root, rootStart);
  for (const member of queue) known.set(member.pid, member.startedAt);
  return queue;
}

/** Every process this one may see. */
export function readProcesses(): StatRecord[] {
  const records: StatRecord[] = [];
  for (const pid of readIds("/proc")) {
    const record = readProcess(pid);
    if (record !== null) records.push(record);
  }
  return records;
}

export function readProcess(pid: number): StatRecord | null {
  const text = readRecord(`/proc/${pid}/stat`);
  return text === null ? null : parseStat(text);
}
