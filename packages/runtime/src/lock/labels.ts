import { GroupScope } from "../group/group-scope.js";
import { TaskScope } from "../group/task.js";
import { Waiter, type WaitRecord } from "../group/wait.js";

/** How messages call what is waited for. */
export function labelOf(resource: unknown): string {
  if (typeof resource === "string") return resource;
  if (resource instanceof GroupScope) return `the tasks of ${resource.label}`;
  if (resource instanceof TaskScope) return `the end of ${resource.label}`;
  if (isSelect(resource)) return `one of ${resource.resources.map(labelOf).join(", ")}`;
  if (typeof resource === "object" && resource !== null && "label" in resource) return String(resource.label);
  return resource instanceof AbortSignal ? "a signal" : "something";
}

/** How `leaks()` calls a wait. */
export function waitOf(record: WaitRecord, resource: unknown): string {
  return record instanceof Waiter ? record.describe() : labelOf(resource);
}

/** `task "eat" of group "table"`. */
export function labelOfTask(task: { readonly label: string }): string {
  return task instanceof TaskScope ? `${task.label} of ${task.host.label}` : task.label;
}

export function isSelect(resource: unknown): resource is { readonly resources: readonly unknown[] } {
  return typeof resource === "object" && resource !== null && "resources" in resource;
}

export function isJoin(resource: unknown): boolean {
  return resource instanceof TaskScope || resource instanceof GroupScope;
}
