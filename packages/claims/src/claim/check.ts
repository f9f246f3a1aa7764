import { existsSync } from "node:fs";
import { join } from "node:path";
import { recipeOf } from "../bench/language.js";
import { type Claim, topics, type UntestableClaim } from "./claim.js";

/** Holds a claim module to its contract, so that a mistake in one is said when it is loaded, by the name of its folder. */
export function checkClaim(id: string, dir: string, module: unknown): Claim | UntestableClaim {
  const wrong = (what: string): Error => new Error(`this is a bug in the claim ${id}: ${what}`);
  if (!/^[a-z0-9][a-z0-9-]{0,47}$/.test(id))
    throw wrong("its folder is not lower-case letters, digits and dashes");
  const given: unknown =
    typeof module === "object" && module !== null ? Reflect.get(module, "claim") : undefined;
  if (typeof given !== "object" || given === null) throw wrong("claim.ts exports no `claim`");
  const found = given as Claim | UntestableClaim;
  if (found.id !== id) throw wrong(`its id is ${JSON.stringify(found.id)}`);
  if (!topics.includes(found.topic)) throw wrong(`no topic ${JSON.stringify(found.topic)}`);
  const words = "untestable" in found ? (["claim", "source", "practice"] as const) : WORDS;
  for (const name of words) {
    const text: unknown = Reflect.get(found, name);
    if (typeof text !== "string" || text.trim() === "") throw wrong(`${name} is empty`);
  }
  if ("untestable" in found) return found;
  for (const file of [...found.programs, ...(found.optional ?? [])]) {
    if (recipeOf(file) === null) throw wrong(`no language is known for ${file}`);
    if (!existsSync(join(dir, file))) throw wrong(`there is no ${file} in its folder`);
  }
  return found;
}

const WORDS = ["claim", "source", "practice", "experiment", "rule"] as const;
