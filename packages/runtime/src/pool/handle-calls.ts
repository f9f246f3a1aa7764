type Task = (...args: unknown[]) => Promise<unknown>;

/** Asked for by whoever gets hold of the object: `await` and `JSON.stringify`. Run such a task by its name. */
const NOT_TASKS = new Set(["then", "toJSON"]);

/**
 * An object with a function for every name. Each is made once and then lies on the object itself: a proxy stands only
 * behind it, because a look-up through one costs more than handing the task over.
 */
export function callsOf(
  run: (name: string, args: readonly unknown[]) => Promise<unknown>,
): Readonly<Record<string, Task>> {
  const behind = new Proxy(Object.create(null) as Record<string, Task>, {
    get(_target, name) {
      if (typeof name !== "string" || NOT_TASKS.has(name)) return undefined;
      const task: Task = (...args) => run(name, args);
      Object.defineProperty(calls, name, { value: task, enumerable: true });
      return task;
    },
    // An assignment would replace a task for everybody.
    set: () => false,
  });
  const calls = Object.create(behind) as Record<string, Task>;
  return calls;
}
