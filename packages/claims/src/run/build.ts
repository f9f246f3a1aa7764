import type { StartableModel } from "@heddle/lab";
import { type Prepared, prepare } from "../bench/prepare.js";
import type { Claim } from "../claim/claim.js";
import type { FoundClaim } from "../claim/find.js";
import type { Book } from "./book.js";
import type { ClaimsHooks } from "./run.js";

export type Testable = FoundClaim & { readonly claim: Claim };
type Programs = ReadonlyMap<string, StartableModel>;

/**
 * Builds every program of the chosen claims, one after the other; a claim whose runtime is missing is told to the book.
 * @throws UserError BAD_MODEL when a program does not compile.
 */
export async function buildClaims(
  chosen: readonly FoundClaim[],
  book: Book,
  signal: AbortSignal,
  hooks: ClaimsHooks,
): Promise<ReadonlyMap<Testable, Programs>> {
  const ready = new Map<Testable, Programs>();
  for (const found of chosen) {
    if (!isTestable(found) || signal.aborted) continue;
    const { id, programs, optional = [] } = found.claim;
    const prepared: Prepared[] = [];
    try {
      for (const file of [...programs, ...optional]) {
        const onBuild = (): void => hooks.onEvent?.({ type: "building", id, file });
        prepared.push(await prepare(found, file, { signal, onBuild }));
      }
    } catch (error) {
      if (signal.aborted) continue;
      throw error;
    }
    const missing = prepared.find((each) => each.state === "missing" && programs.includes(each.file));
    if (missing?.state === "missing") book.refuse(id, missing.why, missing.install);
    else {
      const usable = prepared.flatMap((each) =>
        each.state === "ready" ? [[each.file, each.startable] as const] : [],
      );
      ready.set(found, new Map(usable));
    }
  }
  return ready;
}

function isTestable(found: FoundClaim): found is Testable {
  return !("untestable" in found.claim);
}
