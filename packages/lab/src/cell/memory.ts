import type { MemoryFigures } from "../probe/memory.js";
import type { TreeReading } from "../probe/tree.js";
import type { RunMemory } from "./run.js";

/** What one reading of a tree weighs, in MiB: private pages and shared ones once, plus what the kernel holds for its threads and maps. */
export function weigh(reading: TreeReading): number {
  return reading.heldMb + reading.kernelStacksMb + reading.pageTablesMb;
}

export function memoryOf(baseline: TreeReading | null, figures: MemoryFigures | null): RunMemory | null {
  if (baseline === null || figures === null) return null;
  return {
    baseline: weigh(baseline),
    plateau: figures.plateauMb,
    peak: figures.peakMb,
    parts: figures.parts,
  };
}
