import { UserError } from "../error.js";
import type { Model } from "./schema.js";

/**
 * The models of these names, in the order given, each once.
 * @throws UserError BAD_OPTION for a name that no model has, with the closest names.
 */
export function selectModels(all: readonly Model[], names: readonly string[]): Model[] {
  const byName = new Map(all.map((model) => [model.name, model]));
  const chosen = new Set<Model>();
  for (const name of names) {
    const model = byName.get(name);
    if (model === undefined) throw unknown(name, [...byName.keys()]);
    chosen.add(model);
  }
  return [...chosen];
}

function unknown(name: string, known: readonly string[]): UserError {
  const close = closest(name, known);
  return new UserError("BAD_OPTION", {
    what: "there is no model of this name",
    got: JSON.stringify(name.slice(0, 80)),
    expected: `one of ${known.join(", ")}`,
    next: close.length > 0 ? `did you mean ${close.join(" or ")}?` : "heddle models",
  });
}

/** At most three names: those a few typing errors away, and those that contain what was typed. */
export function closest(name: string, known: readonly string[]): string[] {
  const typed = name.toLowerCase().slice(0, 80);
  const within = Math.max(2, Math.floor(typed.length / 4));
  return known
    .map((candidate) => {
      const contains = typed.length >= 2 && candidate.includes(typed);
      return { candidate, distance: contains ? 1 : editDistance(typed, candidate) };
    })
    .filter(({ distance }) => distance <= within)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const replace = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      line.push(Math.min(replace, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    above = line;
  }
  return above[b.length] ?? 0;
}
