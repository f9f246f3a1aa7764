import type { MeasuredRun, RunContext } from "../cell/run.js";
import { runServe } from "../cell/serve.js";
import { runServer } from "../cell/server.js";
import { runTasks } from "../cell/tasks.js";
import type { StartableModel } from "../model/schema.js";
import { ProgramFailure } from "../program/failure.js";
import type { CellWorkload } from "../result/schema.js";
import type { WorkloadKind } from "../workload/schema.js";
import type { ServerTarget } from "./plan.js";

/** Something that can be measured: a model that is built, or the user's own server. */
export interface Entry {
  readonly name: string;
  readonly language: string;
  readonly kinds: readonly WorkloadKind[];
  /** Set on the second of the A/A pair: the same model measured as if it were another. */
  readonly twinOf: string | null;
  measure(workload: CellWorkload, context: RunContext): Promise<MeasuredRun>;
}

export function modelEntry(startable: StartableModel): Entry {
  const { model } = startable;
  return {
    name: model.name,
    language: model.language,
    kinds: model.workloads,
    twinOf: null,
    measure: (workload, context) =>
      workload.kind === "serve"
        ? runServe(startable, workload, context)
        : runTasks(startable, workload, context),
  };
}

export function serverEntry(target: ServerTarget): Entry {
  return {
    name: target.name,
    language: "server",
    kinds: ["serve"],
    twinOf: null,
    async measure(workload, context) {
      if (workload.kind !== "serve")
        throw new ProgramFailure(`a server cannot run the workload ${workload.kind}`);
      return await runServer(target, workload, context);
    },
  };
}

/** The A/A pair: a quick and well-known model again under another name; null when there is nothing to pair. */
export function twinOf(entries: readonly Entry[]): Entry | null {
  const chosen = entries.find((entry) => entry.name === "node-event-loop") ?? entries[0];
  return chosen === undefined ? null : { ...chosen, name: `${chosen.name} (again)`, twinOf: chosen.name };
}
