import { readText } from "../probe/read.js";
import { TICK_MS } from "../probe/record.js";
import { allowedCpus } from "./cpus.js";

/** Time of our CPUs since boot, in ms summed over them. */
export interface CpuTimes {
  readonly total: number;
  /** Working for anybody: user, nice, system, interrupts. */
  readonly busy: number;
  /** We could have run, but the hypervisor ran someone else. */
  readonly steal: number;
}

/**
 * Sums the lines `cpuN` of `/proc/stat` (proc_stat(5)) that `wanted` names: on a shared host the other cores are
 * other people's. Guest time is part of user time already. Null when no line is there.
 */
export function parseCpuTimes(stat: string, wanted: ReadonlySet<number>): CpuTimes | null {
  let total = 0;
  let busy = 0;
  let steal = 0;
  let found = false;
  for (const line of stat.split("\n")) {
    const cpu = /^cpu(\d+) /.exec(line)?.[1];
    if (cpu === undefined || !wanted.has(Number(cpu))) continue;
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softirq = 0, stolen = 0] = line
      .split(/\s+/)
      .slice(1)
      .map(Number);
    const working = user + nice + system + irq + softirq;
    found = true;
    busy += working * TICK_MS;
    steal += stolen * TICK_MS;
    total += (working + idle + wait + stolen) * TICK_MS;
  }
  return found && Number.isFinite(total) ? { total, busy, steal } : null;
}

export function readCpuTimes(): CpuTimes | null {
  const stat = readText("/proc/stat");
  return stat === null ? null : parseCpuTimes(stat, new Set(allowedCpus()));
}

/** Shares of all our CPUs' time between two readings, 0..1; null when time did not pass or was not readable. */
export function sharesBetween(
  before: CpuTimes | null,
  after: CpuTimes | null,
): { busy: number; steal: number; totalMs: number } | null {
  if (before === null || after === null) return null;
  const totalMs = after.total - before.total;
  if (!(totalMs > 0)) return null;
  const share = (ms: number): number => Math.min(1, Math.max(0, ms / totalMs));
  return { busy: share(after.busy - before.busy), steal: share(after.steal - before.steal), totalMs };
}

/** The `some` line of `/proc/pressure/cpu`: avg10 as a share 0..1, total in µs. */
export function parseSomePressure(text: string): { avg10: number; totalUs: number } | null {
  const some = /^some avg10=([\d.]+) .*\btotal=(\d+)/m.exec(text);
  return some === null ? null : { avg10: Number(some[1]) / 100, totalUs: Number(some[2]) };
}
