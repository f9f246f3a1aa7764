import { lostTicks } from "./lost.js";
import { findMembers, type Known } from "./members.js";
import { hasProc, readText } from "./read.js";
import { isEnded, type StatRecord, type Switches, TICK_MS } from "./record.js";
import { eachThread } from "./switches.js";

/** What a tree consumed since `countTree` was called. */
export interface TreeDelta {
  /** User + system; steps of 10 ms per process. */
  readonly cpuMs: number;
  readonly voluntary: number;
  readonly involuntary: number;
  /**
   * False when threads ended while being watched, or may have lived and ended unseen: the context switches are then
   * a lower bound. CPU time is not concerned, since the kernel adds ended threads to their process.
   */
  readonly complete: boolean;
}

export interface TreeCounter {
  /** Looks once more, so that threads and processes that end later leave their last-seen values behind. */
  poll(): Promise<void>;
  /** Looks and gives the sum since the beginning; may be called again. Null where there is no `/proc`. */
  delta(): Promise<TreeDelta | null>;
}

/**
 * Counts CPU time and context switches of the tree below `rootPid` from this call on. The first look happens before
 * it returns. Each look blocks for 8 to 15 µs per process of the system and per thread of the tree (10,000 threads:
 * 0.1 s, on a busy box 0.2 s), so poll between bursts or seldom.
 */
export function countTree(rootPid: number): TreeCounter {
  if (!hasProc) return { poll: () => Promise.resolve(), delta: () => Promise.resolve(null) };
  const known: Known = new Map();
  let processes = new Map<number, StatRecord>();
  let threads = new Map<number, Switches>();
  let keptTicks = 0;
  let keptVoluntary = 0;
  let keptInvoluntary = 0;
  let ended = 0;
  let births = 0;

  const keep = (last: Switches): void => {
    keptVoluntary += last.voluntary;
    keptInvoluntary += last.involuntary;
    ended += 1;
  };

  const look = (): void => {
    const nowProcesses = new Map<number, StatRecord>();
    const nowThreads = new Map<number, Switches>();
    for (const member of findMembers(rootPid, known)) {
      nowProcesses.set(member.pid, member);
      if (isEnded(member)) continue;
      eachThread(member, (tid, switches) => {
        nowThreads.set(tid, switches);
        const last = threads.get(tid);
        if (last === undefined) births += 1;
        // Counters never fall: a lower one is another thread under a recycled id.
        else if (last.voluntary > switches.voluntary || last.involuntary > switches.involuntary) keep(last);
      });
    }
    for (const [tid, last] of threads) if (!nowThreads.has(tid)) keep(last);
    keptTicks += lostTicks(processes, nowProcesses);
    processes = nowProcesses;
    threads = nowThreads;
  };

  const total = (): { ticks: number; voluntary: number; involuntary: number } => {
    let ticks = keptTicks;
    for (const record of processes.values()) ticks += record.ownTicks + record.childTicks;
    let voluntary = keptVoluntary;
    let involuntary = keptInvoluntary;
    for (const switches of threads.values()) {
      voluntary += switches.voluntary;
      involuntary += switches.involuntary;
    }
    return { ticks, voluntary, involuntary };
  };

  const startedAt = performance.now();
  const startedForks = readForks();
  look();
  const first = total();
  births = 0;

  return {
    poll: async () => look(),
    delta: async () => {
      look();
      const now = total();
      const unseen = readForks() - startedForks - births;
      return {
        cpuMs: Math.max(0, now.ticks - first.ticks) * TICK_MS,
        voluntary: Math.max(0, now.voluntary - first.voluntary),
        involuntary: Math.max(0, now.involuntary - first.involuntary),
        complete: ended === 0 && unseen <= allowedForks(performance.now() - startedAt),
      };
    },
  };
}

/**
 * The kernel counts every thread and process ever made, of everybody. Births that we did not see may be ours; a
 * quiet system makes a few a second by itself (timers, shells), which must not make every count look incomplete.
 */
function allowedForks(elapsedMs: number): number {
  return 10 + (5 * elapsedMs) / 1_000;
}

function readForks(): number {
  const text = readText("/proc/stat") ?? "";
  return Number(/^processes (\d+)/m.exec(text)?.[1] ?? 0);
}
