import { GroupScope } from "./group-scope.js";
import { ambient } from "./scope.js";
import type { Group } from "./types.js";

/** The group that runs here, by AsyncLocalStorage; `undefined` outside. */
export function current(): Group | undefined {
  const group = ambient()?.group;
  return group instanceof GroupScope ? group : undefined;
}
