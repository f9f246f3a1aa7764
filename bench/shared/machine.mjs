import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_MS = 400;
const BUSY_SHARE = 0.1;

/** What the numbers were measured on, and how busy it was at the start. Takes 0.4 s to look. */
export async function describeMachine() {
  const before = ticks();
  await sleep(LOOK_MS);
  const after = ticks();
  const total = after.total - before.total;
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryMb: Math.round(totalmem() / 2 ** 20),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    v8: process.versions.v8,
    load1: loadavg()[0],
    busyShare: total > 0 ? (after.busy - before.busy) / total : 0,
    at: new Date().toISOString(),
  };
}

/** Null, or what to know before believing the numbers. */
export function warningOf(machine) {
  if (machine.busyShare <= BUSY_SHARE) return null;
  const percent = Math.round(machine.busyShare * 100);
  return `other work takes ${percent} % of this machine: ratios suffer less than absolute numbers, p99 suffers most`;
}

function ticks() {
  const times = cpus().map((cpu) => cpu.times);
  const busy = times.reduce((sum, each) => sum + each.user + each.nice + each.sys + each.irq, 0);
  return { busy, total: busy + times.reduce((sum, each) => sum + each.idle, 0) };
}
