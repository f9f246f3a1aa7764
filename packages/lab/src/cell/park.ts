import { sampleMemory } from "../probe/memory.js";
import { readTree, type TreeReading } from "../probe/tree.js";
import { type TasksResult, tasksResultSchema } from "../program/answer.js";
import type { Program } from "../program/start.js";
import { memoryOf } from "./memory.js";
import type { RunMemory } from "./run.js";
import type { TasksWorkload } from "./tasks.js";

/** Nothing is timed in the first pass, so sampling may take half a core of it. */
const UNTIMED = 0.5;
/** Parked tasks must be there long enough to be seen by a sampler of 20 ms. */
const HOLD_MS = 300;
/** Who needs longer than this for a burst is weighed in it as it is. */
const LONGEST_HOLD_MS = 1_500;
/** A pool that took this long was full for long enough: eight samples. */
const SEEN_MS = 150;
/** Thousands of waves that must each be seen take minutes: then the burst is weighed as it is. */
const LONGEST_PARK_MS = 10_000;

/** What the first pass, the one that is sampled, gives. */
export interface FirstPass {
  readonly memory: RunMemory | null;
  readonly result: TasksResult;
}

/**
 * The first pass warms the program up while its memory is sampled; it is repeated with a longer wait when the tasks
 * were gone before they could be weighed.
 */
export async function firstPass(
  program: Program,
  workload: TasksWorkload,
  pool: number | undefined,
): Promise<FirstPass> {
  const baseline = await readTree(program.pid, { pss: true });
  const first = await sampledPass(program, workload, "go", baseline);
  const hold = holdMs(workload, first.result.totalMs, pool);
  if (hold === null || program.ended) return first;
  try {
    const held = await sampledPass(program, workload, `go ${JSON.stringify({ waitMs: hold })}`, baseline);
    return { memory: held.memory, result: first.result };
  } catch (error) {
    if (program.endedWell) return first; // it answers once and leaves
    throw error;
  }
}

async function sampledPass(
  program: Program,
  workload: TasksWorkload,
  line: string,
  baseline: TreeReading | null,
): Promise<FirstPass> {
  const sampler = sampleMemory(program.pid, { everyMs: 20, budget: UNTIMED });
  program.send(line);
  const answer = program.result(tasksResultSchema, patience(workload));
  // the sampler is stopped while the program still waits for its next command, so that /proc still knows it
  const figures = answer.then(
    () => sampler.stop(),
    () => sampler.stop(),
  );
  const result = await answer;
  return { memory: memoryOf(baseline, await figures), result };
}

/**
 * How long tasks must wait so that all of them are parked at once and can be weighed, or null when they were. Without
 * a pool the first to start must still be there when the last one has started, however slow starting is.
 */
export function holdMs(workload: TasksWorkload, totalMs: number, pool: number | undefined): number | null {
  if (workload.kind !== "wait" || totalMs > LONGEST_HOLD_MS) return null;
  const waves = pool === undefined ? 1 : Math.ceil(workload.tasks / pool);
  if (waves > 1 && totalMs >= SEEN_MS) return null;
  const all = HOLD_MS + Math.max(0, totalMs - waves * workload.waitMs);
  const each = Math.round(Math.max(20, all / waves));
  return each * waves > LONGEST_PARK_MS ? null : each;
}

/** A wait of T may take N·T when a model does one after another; nothing honest takes longer than that and a minute. */
export function patience(workload: TasksWorkload): number {
  const work =
    workload.kind === "wait" ? workload.tasks * workload.waitMs : workload.tasks * (workload.bytes / 100_000);
  return Math.min(10 * 60_000, 60_000 + work);
}
