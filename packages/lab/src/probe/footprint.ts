import { kernelStackBytes, pageBytes } from "./kernel.js";
import { readRecord } from "./read.js";
import { field, isEnded, parseSocketPages, type StatRecord } from "./record.js";

/** Memory of a set of processes at one moment, in MB of 2^20 bytes. */
export interface Footprint {
  readonly processes: number;
  readonly threads: number;
  readonly rssMb: number;
  /** Null when it was not asked for, or the kernel or our rights do not give it. */
  readonly pssMb: number | null;
  /**
   * What would be freed if the whole set ended and nobody else ran the same programs: private pages of all, and the
   * largest shared part once. PSS would be smaller for whoever shares its program text with strangers (a Node server
   * with this very process), and a sum of RSS larger for whoever forks.
   */
  readonly heldMb: number;
  readonly kernelStacksMb: number;
  readonly pageTablesMb: number;
  /** Highest RSS of each process so far, summed: a peak only if there is one process. */
  readonly highestRssMb: number;
}

/**
 * Sums the memory of living members; processes that end meanwhile are left out. `heldMb` is exact for one process;
 * for several it needs the walk that `withPss` asks for, and is the sum of RSS without it.
 */
export function readFootprint(members: readonly StatRecord[], withPss: boolean): Footprint {
  let processes = 0;
  let threads = 0;
  let rssKb = 0;
  let pssKb: number | null = withPss ? 0 : null;
  let privateKb = 0;
  let sharedKb = 0;
  let tablesKb = 0;
  let highestKb = 0;
  for (const member of members) {
    if (isEnded(member)) continue;
    const status = readRecord(`/proc/${member.pid}/status`);
    const rss = status === null ? null : field(status, "VmRSS");
    if (status === null || rss === null) continue;
    processes += 1;
    threads += member.threads;
    tablesKb += field(status, "VmPTE") ?? 0;
    highestKb += field(status, "VmHWM") ?? 0;
    const rollup = withPss ? readRecord(`/proc/${member.pid}/smaps_rollup`) : null;
    // The kernel's VmRSS lags behind by some pages per core; the rollup walks the tables and is exact.
    const exact = (rollup === null ? null : field(rollup, "Rss")) ?? rss;
    rssKb += exact;
    const shared = rollup === null ? 0 : sumOf(rollup, ["Shared_Clean", "Shared_Dirty", "Shared_Hugetlb"]);
    privateKb += exact - shared;
    sharedKb = Math.max(sharedKb, shared);
    const pss = rollup === null ? null : field(rollup, "Pss");
    pssKb = pss === null || pssKb === null ? null : pssKb + pss;
  }
  return {
    processes,
    threads,
    rssMb: rssKb / 1_024,
    pssMb: processes === 0 ? null : pssKb === null ? null : pssKb / 1_024,
    heldMb: (privateKb + sharedKb) / 1_024,
    kernelStacksMb: (threads * kernelStackBytes()) / 2 ** 20,
    pageTablesMb: tablesKb / 1_024,
    highestRssMb: highestKb / 1_024,
  };
}

function sumOf(text: string, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (field(text, name) ?? 0), 0);
}

/** Buffers of all TCP sockets of the system, not of one tree: only the change while one tree works means anything. */
export function readSocketsMb(): number | null {
  const text = readRecord("/proc/net/sockstat");
  const pages = text === null ? null : parseSocketPages(text);
  return pages === null ? null : (pages * pageBytes()) / 2 ** 20;
}
