import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { closest, UserError } from "@heddle/lab";
import { checkClaim } from "./check.js";
import { type Claim, topics, type UntestableClaim } from "./claim.js";

/** A claim and the folder with its programs. */
export interface FoundClaim {
  readonly claim: Claim | UntestableClaim;
  /** Absolute; of the sources, where the programs lie, not of the compiled code. */
  readonly dir: string;
}

/**
 * All claims in the folder `claims`, in the order of the article: by topic, then by name. A folder is a claim when
 * its compiled `claim.js` exists.
 * @throws Error for a claim that breaks its contract: that is a bug of ours, not of the user.
 */
export async function findClaims(home: string = claimsFolder()): Promise<FoundClaim[]> {
  const built = join(home, "dist");
  const ids = readdirSync(built)
    .filter((name) => existsSync(join(built, name, "claim.js")))
    .sort();
  const found = await Promise.all(
    ids.map(async (id) => {
      const module: unknown = await import(pathToFileURL(join(built, id, "claim.js")).href);
      const dir = join(home, id);
      return { claim: checkClaim(id, dir, module), dir };
    }),
  );
  return found.sort((a, b) => topics.indexOf(a.claim.topic) - topics.indexOf(b.claim.topic));
}

/** @throws UserError BAD_OPTION for an id that no claim has, with the closest ones. */
export function selectClaims(all: readonly FoundClaim[], ids: readonly string[]): FoundClaim[] {
  const known = all.map(({ claim }) => claim.id);
  const chosen = ids.map((id) => {
    const found = all.find(({ claim }) => claim.id === id);
    if (found !== undefined) return found;
    const close = closest(id, known);
    throw new UserError("BAD_OPTION", {
      what: "there is no claim of this id",
      got: JSON.stringify(id.slice(0, 80)),
      expected: "an id that heddle claims list prints",
      next: close.length > 0 ? `did you mean ${close.join(" or ")}?` : "heddle claims list",
    });
  });
  return [...new Set(chosen)];
}

/** Built code lies at another depth than its source, so the folder is searched for, not counted to. */
function claimsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let depth = 0; depth < 12; depth++) {
    const home = join(folder, "claims");
    if (
      existsSync(join(home, "package.json")) &&
      existsSync(join(home, "dist")) &&
      !existsSync(join(home, "src"))
    ) {
      return home;
    }
    folder = dirname(folder);
  }
  throw new Error("this is a bug in Heddle: no built claims folder above @heddle/claims (npm run build)");
}
