import { sampleMemory } from "../probe/memory.js";
import { readTree } from "../probe/tree.js";
import { tasksResultSchema } from "../program/answer.js";
import type { Program } from "../program/start.js";
import { memoryOf } from "./memory.js";
import type { RunMemory } from "./run.js";
import type { TasksWorkload } from "./tasks.js";

/** Parked tasks must be there long enough to be seen by a sampler of 20 ms. */
const HOLD_MS = 300;

/** The first, unmeasured pass; repeated with a longer wait when the tasks were gone before they could be weighed. */
export async function parkedMemory(program: Program, workload: TasksWorkload): Promise<RunMemory | null> {
  const baseline = await readTree(program.pid, { pss: true });
  const passes: string[] = ["go"];
  let figures: RunMemory | null = null;
  for (let line = passes.shift(); line !== undefined; line = passes.shift()) {
    if (program.ended) return figures;
    const sampler = sampleMemory(program.pid, { everyMs: 20 });
    program.send(line);
    const result = await program.result(tasksResultSchema, patience(workload)).finally(async () => {
      figures = memoryOf(baseline, await sampler.stop());
    });
    if (line === "go" && workload.kind === "wait" && result.totalMs < HOLD_MS) {
      const waves = Math.max(1, Math.round(result.totalMs / Math.max(1, workload.waitMs)));
      const hold = Math.max(20, Math.min(HOLD_MS + workload.tasks * 0.1, 1_500 / waves));
      passes.push(`go ${JSON.stringify({ waitMs: Math.round(hold) })}`);
    }
  }
  return figures;
}

/** A wait of T may take N·T when a model does one after another; nothing honest takes longer than that and a minute. */
export function patience(workload: TasksWorkload): number {
  const work =
    workload.kind === "wait" ? workload.tasks * workload.waitMs : workload.tasks * (workload.bytes / 100_000);
  return Math.min(10 * 60_000, 60_000 + work);
}
