import { listModels } from "@heddle/lab";
import { modelsText } from "../view/models.js";
import { paintFor } from "../view/paint.js";
import { widthOf } from "../view/text.js";

/** `heddle models`. */
export async function runModels(options: { readonly json?: boolean }): Promise<number> {
  const listings = await listModels();
  const { stdout, env } = process;
  if (options.json === true) {
    const models = listings.map(({ model, availability, built, old }) => ({
      name: model.name,
      language: model.language,
      summary: model.summary,
      workloads: model.workloads,
      pool: model.pool ?? null,
      heavy: model.heavy,
      installed: availability.state === "ready",
      version: availability.state === "ready" ? availability.version : null,
      why: availability.state === "ready" ? null : availability.why,
      install: availability.state === "ready" ? null : availability.install,
      built,
      old,
    }));
    stdout.write(`${JSON.stringify({ schema: "heddle.models/1", models }, null, 2)}\n`);
    return 0;
  }
  stdout.write(`${modelsText(listings, widthOf(stdout, env), paintFor(stdout, env))}\n`);
  return 0;
}
