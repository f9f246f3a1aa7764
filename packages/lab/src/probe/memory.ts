import { writeFileSync } from "node:fs";
import { type Footprint, readFootprint, readSocketsMb } from "./footprint.js";
import { findMembers, type Known } from "./members.js";
import { type Level, meanBetween, plateauOf } from "./plateau.js";
import { hasProc } from "./read.js";
import { isEnded, type StatRecord } from "./record.js";

/**
 * Memory of a process tree while it was sampled, in MB of 2^20 bytes: what its processes hold (private pages, and
 * shared ones once), kernel stacks and page tables.
 */
export interface MemoryFigures {
  /** The first sample: the idle program, if sampling began before its work. */
  readonly baselineMb: number;
  readonly plateauMb: number;
  /** Highest sample; for a single process raised to the kernel's own high-water mark. */
  readonly peakMb: number;
  /** Means over the plateau. `sockets` is that of the whole system and no part of the memory above. */
  readonly parts: {
    readonly rss: number;
    readonly pss: number | null;
    readonly kernelStacks: number;
    readonly pageTables: number;
    readonly sockets: number | null;
  };
  readonly samples: number;
}

interface Sample extends Footprint, Level {
  readonly socketsMb: number | null;
}

/** Share of one core that sampling may cost if nothing else is said; above it the interval is stretched. */
const BUDGET = 0.02;
/**
 * Walking the page tables holds the lock that the measured process needs to map memory and start threads. Above this
 * many ms per walk a single process is walked only so often that it is 0.2 % of the time; in between its PSS is taken
 * as RSS minus what was shared at the last walk, which changes little (program text and libraries).
 */
const DEAR_WALK_MS = 2;

/**
 * Samples the memory of the tree below `rootPid` at once, then every `everyMs` (or as seldom as keeps the cost below
 * `budget`, 2 % of a core), until `stop`, which takes a last sample. The timer does not keep the process alive.
 * `stop` gives null if nothing was measured: no `/proc`, or the tree had ended before the first sample.
 */
export function sampleMemory(
  rootPid: number,
  options: { everyMs: number; budget?: number },
): { stop(): Promise<MemoryFigures | null> } {
  if (!hasProc) return { stop: () => Promise.resolve(null) };
  const known: Known = new Map();
  const samples: Sample[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let walk = { at: Number.NEGATIVE_INFINITY, tookMs: 0, sharedMb: null as number | null, members: "" };

  const sample = (): void => {
    const at = performance.now();
    const living = findMembers(rootPid, known).filter((member) => !isEnded(member));
    if (living.length === 0) return;
    if (samples.length === 0) resetHighWater(living);
    const members = living.map((member) => member.pid).join(" ");
    const due = walk.tookMs < DEAR_WALK_MS || at - walk.at > 500 * walk.tookMs;
    const walked = living.length > 1 || due || walk.members !== members;
    const before = performance.now();
    const read = readFootprint(living, walked);
    if (read.processes === 0) return;
    if (walked) {
      const sharedMb = read.pssMb === null ? null : read.rssMb - read.pssMb;
      walk = { at, tookMs: performance.now() - before, sharedMb, members };
    }
    const pssMb = walk.sharedMb === null ? null : read.rssMb - walk.sharedMb;
    const mb = read.heldMb + read.kernelStacksMb + read.pageTablesMb;
    samples.push({ ...read, at, mb, pssMb, socketsMb: readSocketsMb() });
  };

  const tick = (): void => {
    const before = performance.now();
    sample();
    const tookMs = performance.now() - before;
    if (stopped) return;
    timer = setTimeout(tick, Math.max(options.everyMs, tookMs / (options.budget ?? BUDGET)));
    timer.unref();
  };

  tick();
  return {
    stop: async () => {
      clearTimeout(timer);
      if (!stopped) {
        stopped = true;
        sample();
      }
      return figuresOf(samples);
    },
  };
}

function figuresOf(samples: readonly Sample[]): MemoryFigures | null {
  const [first] = samples;
  if (first === undefined) return null;
  const plateau = plateauOf(samples);
  const mean = (value: (sample: Sample) => number): number => meanBetween(samples, plateau, value);
  const pss = mean((sample) => sample.pssMb ?? Number.NaN);
  const sockets = mean((sample) => sample.socketsMb ?? Number.NaN);
  const plateauMb = mean((sample) => sample.mb);
  return {
    baselineMb: first.mb,
    plateauMb,
    // A mean of equal numbers may round to just above them.
    peakMb: Math.max(peakOf(samples), plateauMb),
    parts: {
      rss: mean((sample) => sample.rssMb),
      pss: Number.isNaN(pss) ? null : pss,
      kernelStacks: mean((sample) => sample.kernelStacksMb),
      pageTables: mean((sample) => sample.pageTablesMb),
      sockets: Number.isNaN(sockets) ? null : sockets,
    },
    samples: samples.length,
  };
}

/**
 * The highest sample. While there was only ever one process, also each sample's high-water mark of RSS in the place
 * of its RSS: that catches a peak between two samples. High-water marks of several processes need not be of the same
 * moment, so their sum would claim a peak that never was.
 */
function peakOf(samples: readonly Sample[]): number {
  const single = samples.every(({ processes }) => processes === 1);
  let peak = 0;
  for (const { mb, rssMb, highestRssMb } of samples) {
    peak = Math.max(peak, single ? mb + Math.max(0, highestRssMb - rssMb) : mb);
  }
  return peak;
}

/** Forgets the peaks of the start-up, before sampling began (proc_pid_clear_refs(5), value 5; touches no page). */
function resetHighWater(living: readonly StatRecord[]): void {
  for (const { pid } of living) {
    try {
      writeFileSync(`/proc/${pid}/clear_refs`, "5");
    } catch {
      // Not ours, ended, or a kernel without it: the peak then includes the start-up, which is still a true peak.
    }
  }
}
