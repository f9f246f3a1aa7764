import { readFileSync } from "node:fs";
import { median, readSocketsMb } from "@heddle/lab";
import { NotTestable } from "../claim/claim.js";
import type { Started } from "./bench.js";

/**
 * What the program's tree holds now, in MiB: pages and page tables, without the kernel's stacks, which belong to
 * threads and not to what a claim adds to them.
 * @throws NotTestable where there is no /proc.
 */
export function heldMb(program: Started): number {
  const held = program.memory();
  if (held.processes > 0) return held.heldMb + held.pageTablesMb;
  throw new NotTestable("this system does not tell the memory of a process (no /proc)", "on Linux");
}

/** Slab caches (where sockets live) and buffers of all TCP sockets of the system, in MiB: only their growth means anything. */
export function kernelHeldMb(): number {
  const slabKb = /^Slab:\s+(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
  return Number(slabKb ?? 0) / 1_024 + (readSocketsMb() ?? 0);
}

/** Least squares: what one more of x adds to y. Pages come by the arena, so two points alone would be off by one. */
export function slope(xs: readonly number[], ys: readonly number[]): number {
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const meanY = ys.reduce((sum, y) => sum + y, 0) / ys.length;
  let across = 0;
  let spread = 0;
  xs.forEach((x, at) => {
    across += (x - meanX) * ((ys[at] ?? meanY) - meanY);
    spread += (x - meanX) ** 2;
  });
  return across / spread;
}

/**
 * The median of the steps from nothing through all values, and no less than 0: for the kernel's figures, which belong
 * to the whole system. A burst of somebody else spoils one step, while a slope would carry it on.
 */
export function typicalStep(xs: readonly number[], ys: readonly number[]): number {
  const steps = xs.map((x, at) => ((ys[at] ?? 0) - (ys[at - 1] ?? 0)) / (x - (xs[at - 1] ?? 0)));
  return Math.max(0, median(steps));
}
