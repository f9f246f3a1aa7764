import type { Notice } from "../result/schema.js";
import type { MachineFacts } from "./facts.js";
import { type Needs, notice } from "./needs.js";

/** Threads a runtime starts for itself (collector, compiler, I/O: the JVM some 30) and the lab's own. */
const SURE_THREADS = 64;
/** A fifth more and some shells: other programs start threads meanwhile too. */
const roomyThreads = (threads: number): number => Math.ceil(threads * 1.2) + 256;
/** A thread's stack and the guard page below it are a mapping each. */
const MAPS_PER_THREAD = 2;
/** Mappings of program, libraries and heap; a JVM has several hundred. */
const OWN_MAPS = 1_024;
/** The lab, a load generator and one small server. */
const LEAST_MEMORY_MB = 512;
/** Other programs and the page cache want theirs: below half as much again the system begins to swap or kill. */
const ROOMY_MEMORY = 1.5;
/** A report, its raw data and the built programs. */
const LEAST_DISK_MB = 50;

/** Whether there is room for threads, memory and results. */
export function judgeRoom(facts: MachineFacts, needs: Needs): Notice[] {
  return [...judgeThreads(facts, needs), ...judgeMemory(facts, needs), ...judgeDisk(facts, needs)];
}

function judgeThreads({ threads, threadsInUse, maxMapCount }: MachineFacts, needs: Needs): Notice[] {
  const notices: Notice[] = [];
  const roomy = roomyThreads(needs.threads);
  if (threads !== null) {
    const free = threads - (threadsInUse ?? 0);
    if (free < roomy) {
      const severity = free < needs.threads + SURE_THREADS ? "blocker" : "warning";
      const message = `${Math.max(0, free)} more threads may be started, ${needs.threads} are wanted with room to spare (${roomy})`;
      const mend = `sysctl -w kernel.pid_max=4194304, and raise ulimit -u and the container's pids limit`;
      notices.push(notice("threads", severity, message, mend));
    }
  }
  const maps = MAPS_PER_THREAD * needs.threads + OWN_MAPS;
  if (maxMapCount !== null && maxMapCount < maps) {
    const severity = maxMapCount < MAPS_PER_THREAD * needs.threads ? "blocker" : "warning";
    const message = `a process may have ${maxMapCount} memory mappings, ${needs.threads} threads want ${maps}`;
    notices.push(notice("memory-maps", severity, message, `sysctl -w vm.max_map_count=${maps}`));
  }
  return notices;
}

function judgeMemory({ memoryMb, memoryFreeMb }: MachineFacts, needs: Needs): Notice[] {
  const wanted = Math.max(needs.memoryMb ?? 0, LEAST_MEMORY_MB);
  const roomy = Math.ceil(wanted * ROOMY_MEMORY);
  if (memoryFreeMb >= roomy) return [];
  // An estimate of need is no more than that: only what the whole machine could not hold is sure to fail.
  const severity = memoryMb < wanted ? "blocker" : "warning";
  const message = `${Math.floor(memoryFreeMb)} MB of ${Math.floor(memoryMb)} MB memory are free, ${roomy} MB are wanted`;
  return [notice("memory", severity, message, "close other programs, or ask for fewer connections or tasks")];
}

function judgeDisk({ outDir }: MachineFacts, needs: Needs): Notice[] {
  if (outDir === null) return [];
  const elsewhere = "name files in another folder with --json and --html";
  if (!outDir.writable) {
    return [notice("disk", "blocker", `results cannot be written to ${outDir.path}`, elsewhere)];
  }
  const wanted = needs.diskMb ?? LEAST_DISK_MB;
  if (outDir.freeMb >= 2 * wanted) return [];
  const severity = outDir.freeMb < wanted ? "blocker" : "warning";
  const message = `${Math.floor(outDir.freeMb)} MB are free in ${outDir.path}, ${2 * wanted} MB are wanted`;
  return [notice("disk", severity, message, `make room there, or ${elsewhere}`)];
}
