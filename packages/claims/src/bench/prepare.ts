import { availability, type Model, type StartableModel, startable } from "@heddle/lab";
import type { FoundClaim } from "../claim/find.js";
import { recipeOf } from "./language.js";

/** A program of a claim that can be started, or why not and what installs its runtime. */
export type Prepared =
  | { readonly file: string; readonly state: "ready"; readonly startable: StartableModel }
  | { readonly file: string; readonly state: "missing"; readonly why: string; readonly install: string };

/**
 * Builds a program as the lab builds its models: cached by the content of the claim's folder, whole or not at all.
 * @throws UserError BAD_MODEL when it does not compile; the signal's reason when aborted.
 */
export async function prepare(
  claim: FoundClaim,
  file: string,
  options: { readonly signal: AbortSignal; readonly onBuild: () => void },
): Promise<Prepared> {
  const model = modelOf(claim, file);
  const found = await availability(model);
  if (found.state === "not-installed")
    return { file, state: "missing", why: found.why, install: found.install };
  const built = await startable(model, options);
  return { file, state: "ready", startable: built };
}

function modelOf({ claim, dir }: FoundClaim, file: string): Model {
  const recipe = recipeOf(file);
  if (recipe === null) {
    throw new Error(`this is a bug in the claim ${claim.id}: no language is known for ${file}`);
  }
  const name = `claim-${claim.id}-${file}`.replace(/[^a-z0-9-]+/g, "-").slice(0, 64);
  return {
    name,
    language: recipe.language,
    summary: claim.claim,
    workloads: ["wait"],
    dir,
    file: {
      name,
      language: recipe.language,
      summary: "",
      workloads: ["wait"],
      start: [...recipe.start],
      ...(recipe.build === undefined ? {} : { build: recipe.build.map((command) => [...command]) }),
    },
    pool: undefined,
    heavy: false,
    foreign: false,
  };
}
