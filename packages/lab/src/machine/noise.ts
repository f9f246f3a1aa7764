import { readText } from "../probe/read.js";
import { parseSomePressure, readCpuTimes, sharesBetween } from "./cputime.js";

/** What disturbed the box during a run, as shares 0..1; null where the system does not say. */
export interface Noise {
  /** Time of our CPUs that the hypervisor gave to others. */
  readonly stealShare: number | null;
  /** Time of our CPUs spent on processes that are not ours. */
  readonly foreignShare: number | null;
  /** Share of the time in which something, ours included, waited for a CPU. */
  readonly pressureShare: number | null;
}

/**
 * Watches the box from this call until `stop`. `own` gives the CPU ms of all our processes so far (measured program,
 * generator and the lab itself); foreign time is what the CPUs worked beyond that. The system counts in steps of
 * 10 ms per core and process: windows under a second are coarse. A kernel that counts by sampling at its tick
 * misses part of what runs briefly after a timer, so foreign time is rather too low than too high. When `own` fails, foreign time is null.
 */
export function watchNoise(own: () => Promise<number>): { stop(): Promise<Noise> } {
  const before = readCpuTimes();
  const pressureBefore = readPressureUs();
  const startedAt = performance.now();
  const ownBefore = settled(own);
  return {
    stop: async () => {
      const ownAfter = await settled(own);
      const shares = sharesBetween(before, readCpuTimes());
      const pressureAfter = readPressureUs();
      const elapsedUs = (performance.now() - startedAt) * 1_000;
      const first = await ownBefore;
      const ownMs = first === null || ownAfter === null ? null : ownAfter - first;
      return {
        stealShare: shares?.steal ?? null,
        foreignShare: shares === null || ownMs === null ? null : foreignShare(shares, ownMs),
        pressureShare:
          pressureBefore === null || pressureAfter === null || elapsedUs <= 0
            ? null
            : Math.min(1, Math.max(0, (pressureAfter - pressureBefore) / elapsedUs)),
      };
    },
  };
}

/** Never below zero: our own time is taken at slightly other moments than the system's. */
export function foreignShare(shares: { busy: number; totalMs: number }, ownMs: number): number {
  return Math.max(0, shares.busy - ownMs / shares.totalMs);
}

function readPressureUs(): number | null {
  const text = readText("/proc/pressure/cpu");
  return text === null ? null : (parseSomePressure(text)?.totalUs ?? null);
}

/** A failed count must not fail the run (nor reject unheard while the run goes on). */
async function settled(own: () => Promise<number>): Promise<number | null> {
  try {
    const ms = await own();
    return Number.isFinite(ms) ? ms : null;
  } catch {
    return null;
  }
}
