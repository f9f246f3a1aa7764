import { type StartableModel, UserError } from "@heddle/lab";
import { type Prepared, prepare } from "../bench/prepare.js";
import type { Claim } from "../claim/claim.js";
import type { FoundClaim } from "../claim/find.js";
import type { Book } from "./book.js";
import type { ClaimsHooks } from "./run.js";

export type Testable = FoundClaim & { readonly claim: Claim };
type Programs = ReadonlyMap<string, StartableModel>;

/**
 * Builds every program of the chosen claims, one after the other. A claim whose runtime is missing, or whose program
 * this system's compiler refuses, is told to the book: the others are measured all the same.
 * @throws UserError CANNOT_WRITE when the build cache cannot be written.
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
      if (!(error instanceof UserError) || error.code !== "BAD_MODEL") throw error;
      book.refuse(id, `its program does not compile here: ${brief(error)}`, error.parts.next ?? "");
      continue;
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

/** The compiler's last line: what it printed whole is for whoever types the command. */
function brief(error: UserError): string {
  return (error.parts.got ?? error.message).trim().split("\n").at(-1)?.slice(0, 200) ?? "";
}

function isTestable(found: FoundClaim): found is Testable {
  return !("untestable" in found.claim);
}
