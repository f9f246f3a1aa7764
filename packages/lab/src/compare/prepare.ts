import { UserError } from "../error.js";
import { isBuilt, startable } from "../model/build.js";
import { loadModelFile, loadModels } from "../model/load.js";
import { availability } from "../model/runtime.js";
import type { Availability, Model, StartableModel } from "../model/schema.js";
import { selectModels } from "../model/select.js";
import type { CellWorkload, ModelEntry } from "../result/schema.js";
import type { CompareHooks, ComparePlan } from "./plan.js";

/** A model that was chosen and whose runtime this machine has. */
export interface Chosen {
  readonly model: Model;
  readonly availability: Extract<Availability, { state: "ready" }>;
  readonly built: boolean;
}

export interface Selection {
  readonly chosen: readonly Chosen[];
  readonly absent: readonly ModelEntry[];
  /** Names left out of the quick preset because one run takes seconds. */
  readonly leftOut: readonly string[];
}

/** Which models are measured: named ones, or all that this machine can run; foreign ones always. */
export async function selectForPlan(
  plan: ComparePlan,
  workloads: readonly CellWorkload[],
): Promise<Selection> {
  const own = await loadModels();
  const foreign = (await Promise.all(plan.modelFiles.map((path) => loadModelFile(path)))).flat();
  requireDistinct([...own, ...foreign]);
  const kinds = new Set(workloads.map((workload) => workload.kind));
  const all = plan.server === null ? own : [];
  const named = plan.models === null ? all : selectModels([...own, ...foreign], plan.models);
  const wanted = [...new Set([...named, ...foreign])];
  const light = wanted.filter(
    (model) => plan.models !== null || model.foreign || plan.preset !== "quick" || !model.heavy,
  );
  const fitting = light.filter((model) => model.workloads.some((kind) => kinds.has(kind)));
  const found = await Promise.all(
    fitting.map(async (model) => ({ model, availability: await availability(model) })),
  );
  const chosen: Chosen[] = [];
  const absent: ModelEntry[] = [];
  for (const { model, availability: state } of found) {
    if (state.state === "ready") chosen.push({ model, availability: state, built: await isBuilt(model) });
    else absent.push(entryOf(model, "not-installed", { why: state.why, install: state.install }));
  }
  return {
    chosen,
    absent,
    leftOut: wanted.filter((model) => !light.includes(model)).map((model) => model.name),
  };
}

function requireDistinct(models: readonly Model[]): void {
  const seen = new Map<string, Model>();
  for (const model of models) {
    const other = seen.get(model.name);
    if (other !== undefined) {
      throw new UserError("BAD_MODEL", {
        what: `two models are called "${model.name}"`,
        got: `${other.dir} and ${model.dir}`,
        expected: "a name of its own for each model",
        next: `change "name" in ${model.dir}/model.json`,
      });
    }
    seen.set(model.name, model);
  }
}

export function entryOf(
  model: Model,
  state: ModelEntry["state"],
  more: { version?: string; why?: string; install?: string },
): ModelEntry {
  return {
    name: model.name,
    language: model.language,
    summary: model.summary,
    state,
    version: more.version ?? null,
    why: more.why ?? null,
    install: more.install ?? null,
  };
}

export interface Built {
  readonly startables: readonly StartableModel[];
  readonly entries: readonly ModelEntry[];
}

/** Builds what is not built, one after another; a model that cannot be built is reported, the others go on. */
export async function build(chosen: readonly Chosen[], hooks: CompareHooks): Promise<Built> {
  const startables: StartableModel[] = [];
  const entries: ModelEntry[] = [];
  const total = chosen.filter((one) => !one.built).length;
  let done = 0;
  for (const { model, availability: found } of chosen) {
    if (isAborted(hooks.signal)) break;
    const onBuild = (): void => {
      hooks.onEvent?.({ type: "building", model: model.name, done: done++, total });
    };
    try {
      startables.push(
        await startable(model, { onBuild, ...(hooks.signal === undefined ? {} : { signal: hooks.signal }) }),
      );
      entries.push(entryOf(model, "measured", { version: found.version }));
    } catch (error) {
      if (isAborted(hooks.signal)) break;
      if (!(error instanceof UserError)) throw error;
      entries.push(entryOf(model, "failed", { version: found.version, why: error.message }));
    }
  }
  for (const entry of entries) hooks.onEvent?.({ type: "model", entry });
  return { startables, entries };
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;
