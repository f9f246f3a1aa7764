import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { liveGroups } from "../../src/group/group-scope.js";
import { type Group, group, shield, sleep } from "../../src/group/index.js";
import { explore } from "../../src/testing/index.js";

/** One task of a random program. */
interface Plan {
  readonly ms: number;
  readonly last: "return" | "throw" | "swallow" | "cancelGroup" | "cleanUp";
  readonly children: readonly Plan[];
  readonly nested: boolean;
}

const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.record({
    ms: fc.integer({ min: 0, max: 20 }),
    last: fc.constantFrom("return", "return", "return", "throw", "swallow", "cancelGroup", "cleanUp"),
    children: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constant([]),
      fc.array(tie("plan"), { maxLength: 3 }),
    ),
    nested: fc.boolean(),
  }),
}));

async function act(g: Group, { ms, last, children, nested }: Plan, running: Set<symbol>): Promise<void> {
  const me = Symbol();
  running.add(me);
  try {
    const start = (into: Group) => {
      for (const child of children) into.spawn(() => act(into, child, running));
    };
    if (nested) await group(start);
    else start(g);
    await sleep(ms);
    if (last === "throw") throw new Error("planned");
    if (last === "cancelGroup") g.cancel("planned");
    if (last === "swallow") await sleep(1).catch(() => {});
  } finally {
    if (last === "cleanUp") await shield(() => sleep(1));
    running.delete(me);
  }
}

test("whatever its tasks do, in whatever order: a group settles, nobody outlives it, and success means nothing failed", async () => {
  await fc.assert(
    fc.asyncProperty(
      plan,
      fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(),
      async (root, timeout, limit, seed) => {
        await explore(
          async () => {
            const running = new Set<symbol>();
            const before = liveGroups().size;
            let kept: Group | undefined;
            const outcome = await group(
              (g) => {
                kept = g;
                g.spawn(() => act(g, root, running));
              },
              { timeout, limit },
            ).then(
              () => "ok",
              () => "rejected",
            );
            assert.equal(running.size, 0, "a task outlived its group");
            assert.equal(liveGroups().size, before);
            const stats = kept?.stats();
            assert.equal(stats?.running, 0);
            assert.equal(stats?.waiting, 0);
            assert.equal(
              stats?.spawned,
              Number(stats?.completed) + Number(stats?.failed) + Number(stats?.cancelled),
            );
            if (outcome === "ok") assert.equal(stats?.failed, 0);
          },
          { runs: 2, seed },
        );
      },
    ),
    { numRuns: 60 },
  );
});
