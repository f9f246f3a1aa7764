import { isBuilt } from "./build.js";
import { loadModels } from "./load.js";
import { availability, oldRuntime } from "./runtime.js";
import type { Availability, Model } from "./schema.js";

/** One row of `heddle models`. */
export interface ModelListing {
  readonly model: Model;
  readonly availability: Availability;
  /** False when the first start compiles it. */
  readonly built: boolean;
  /** A note on a runtime that is old, or null. */
  readonly old: string | null;
}

/** All models of ours, with the runtime found for each or how to install it. Compiles nothing. */
export async function listModels(): Promise<ModelListing[]> {
  const models = await loadModels();
  return Promise.all(
    models.map(async (model) => {
      const found = await availability(model);
      return {
        model,
        availability: found,
        built: await isBuilt(model),
        old: found.state === "ready" ? oldRuntime(model.language, found.version) : null,
      };
    }),
  );
}
