import { GroupScope } from "./group-scope.js";
import { ambient } from "./scope.js";
import { TaskScope } from "./task.js";
import type { Group } from "./types.js";

/** The group that runs here, by AsyncLocalStorage; `undefined` outside. */
export function current(): Group | undefined {
  const scope = ambient();
  const group = scope instanceof TaskScope ? scope.host : scope;
  return group instanceof GroupScope ? group : undefined;
}
