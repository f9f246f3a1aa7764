import { readFootprint, readSocketsMb } from "./footprint.js";
import { findMembers } from "./members.js";
import { hasProc } from "./read.js";
import { isEnded, TICK_MS } from "./record.js";
import { eachThread } from "./switches.js";

/** What a process tree holds and has consumed so far. MB are 2^20 bytes. */
export interface TreeReading {
  /** Milliseconds of `performance.now()` at the beginning of the reading. */
  readonly at: number;
  /** Living processes, root first; zombies are not listed. */
  readonly pids: number[];
  readonly threads: number;
  /** Resident memory; pages shared by several processes are counted in each. */
  readonly rssMb: number;
  /** Resident memory with shared pages split among their sharers; null unless asked for and readable. */
  readonly pssMb: number | null;
  /** Private pages of all and shared ones once; the sum of RSS for several processes unless pss was asked for. */
  readonly heldMb: number;
  readonly kernelStacksMb: number;
  readonly pageTablesMb: number;
  /** TCP buffers of the whole system: take the difference of two readings. */
  readonly socketsMb: number | null;
  /**
   * User + system time in steps of 10 ms per process, with ended threads and waited-for children. Children that
   * ended and were adopted by init are lost here; `countTree` keeps them.
   */
  readonly cpuMs: number;
  /** Context switches of the living threads. */
  readonly voluntary: number;
  readonly involuntary: number;
}

/**
 * Reads what the tree below `rootPid` consumes now: its descendants and, if it leads a session (spawned `detached`),
 * all of that session. A tree that has ended gives zeros and no pids. Null where there is no `/proc`.
 *
 * Blocks the caller: some 10 µs per process of the system and per thread of the tree; with `pss` (`smaps_rollup`) about
 * 0.3 ms per small process and 1 ms per 1,000 threads more, during which the process itself cannot map memory.
 * `switches: false` leaves out the threads' context switches (they are then 0).
 */
export function readTree(
  rootPid: number,
  options: { pss?: boolean; switches?: boolean } = {},
): Promise<TreeReading | null> {
  return Promise.resolve(hasProc ? readTreeNow(rootPid, options) : null);
}

function readTreeNow(rootPid: number, options: { pss?: boolean; switches?: boolean }): TreeReading {
  const at = performance.now();
  const members = findMembers(rootPid);
  const living = members.filter((member) => !isEnded(member));
  const { threads, rssMb, pssMb, heldMb, kernelStacksMb, pageTablesMb } = readFootprint(
    living,
    options.pss ?? false,
  );
  let ticks = 0;
  for (const member of members) ticks += member.ownTicks + member.childTicks;
  let voluntary = 0;
  let involuntary = 0;
  if (options.switches ?? true) {
    for (const member of living) {
      eachThread(member, (_tid, switches) => {
        voluntary += switches.voluntary;
        involuntary += switches.involuntary;
      });
    }
  }
  const pids = living.map((member) => member.pid);
  const memory = { rssMb, pssMb, heldMb, kernelStacksMb, pageTablesMb, socketsMb: readSocketsMb() };
  return { at, pids, threads, ...memory, cpuMs: ticks * TICK_MS, voluntary, involuntary };
}
