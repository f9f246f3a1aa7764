import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { mapOver } from "../../src/pool/map.js";
import { range, unhandled, until, withPool } from "./stream-support.js";

after(async () => assert.deepEqual(await unhandled(), []));

/** A source that pauses where it is told to. */
async function* paced(count: number, pauses: readonly number[]): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    if (pauses.includes(i)) await new Promise((turned) => setImmediate(turned));
    yield i;
  }
}

test("for any source, chunk and way of leaving: a prefix of the results, then the failure if it was reached", () =>
  withPool("map-tasks", { threads: 2 }, (pool) =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 120 }),
        fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
        fc.constantFrom("echo", "breaksAt", "breaksLaterAt", "functionAt"),
        fc.option(fc.array(fc.nat(120), { maxLength: 5 }), { nil: undefined }),
        fc.integer({ min: 1, max: 200 }),
        async (count, chunk, name, pauses, leaveAfter) => {
          const source = pauses === undefined ? range(count) : paced(count, pauses);
          const good = name === "echo" ? count : Math.min(count, name === "functionAt" ? 30 : 50);
          const got: unknown[] = [];
          let failed = false;
          try {
            for await (const result of mapOver(pool, name, source, chunk === undefined ? {} : { chunk })) {
              got.push(result);
              if (got.length === leaveAfter) break;
            }
          } catch {
            failed = true;
          }
          assert.deepEqual(got, range(Math.min(good, leaveAfter)));
          assert.equal(failed, good < count && good < leaveAfter);
          await until(() => pool.engine.occupied === 0);
        },
      ),
      { numRuns: 150 },
    ),
  ));
