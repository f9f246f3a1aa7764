import assert from "node:assert/strict";
import { test } from "node:test";
import { any, group, map, type OpenGroup, openGroup, race, retry, type Task } from "../../src/group/index.js";

/** Never called: what must not compile is proved by the compiler, which refuses an expectation without an error. */
export async function misuse(): Promise<void> {
  await group(async (g) => {
    // @ts-expect-error a started promise is no task: spawn takes a function
    g.spawn(Promise.resolve(1));
    // @ts-expect-error a task's value is what its function gives
    const text: Task<string> = g.spawn(() => 1);
    // @ts-expect-error there is no such way to restart
    g.spawn(() => 1, { restart: "always" });
    // @ts-expect-error the deadline is read-only
    g.deadline = 5;
    // @ts-expect-error only a group that was opened can be joined
    await g.join();
    return text;
  });
  // @ts-expect-error a wrong word for onError
  await group(() => 1, { onError: "ignore" });
  // @ts-expect-error a timeout is a number of milliseconds
  await group(() => 1, { timeout: "1s" });
  // @ts-expect-error only a group that was opened can be disposed of
  await using ended: OpenGroup = await group((g) => g);
  // @ts-expect-error race takes functions
  await race([Promise.resolve(1)]);
  // @ts-expect-error any takes functions
  await any([1]);
  // @ts-expect-error map needs something to iterate over
  await map(5, (n) => n);
  // @ts-expect-error what is mapped has the type of the items
  await map([1], (text: string) => text);
  // @ts-expect-error a wrong policy
  await retry(() => 1, { tries: 3 });
  void ended;
}

test("results have the types of what was given", async () => {
  const both = await group(async (g) => {
    const a: Task<number> = g.spawn(() => 1);
    const b: Task<string> = g.spawn(async () => "two");
    const like: PromiseLike<number> = a;
    return [await like, await b] as const;
  });
  const typed: readonly [number, string] = both;
  const sums: number[] = await map(new Set(["a"]), async (text) => text.length);
  const first: number = await race([async () => 1]);
  const mixed: number | string = await any([() => 1, async () => "one"]);
  assert.equal(mixed, 1);
  await using g = openGroup({ name: "typed" });
  const nested: number = await g.spawn(() => retry(async (attempt: number) => attempt));
  assert.deepEqual([...typed, ...sums, first, nested], [1, "two", 1, 1, 1]);
});
