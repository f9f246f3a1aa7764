import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { any, group, race, sleep } from "../../src/group/index.js";

function loser(seen: string[]): () => Promise<string> {
  return async () => {
    try {
      await sleep(60_000);
    } finally {
      await turn();
      seen.push("cleaned");
    }
    return "lost";
  };
}

test("race settles as the first to settle, after the losers were cancelled and awaited", async () => {
  const seen: string[] = [];
  assert.equal(await race([loser(seen), async () => "won", loser(seen)]), "won");
  assert.deepEqual(seen, ["cleaned", "cleaned"]);
  seen.length = 0;
  const error = new Error("first");
  await assert.rejects(race([loser(seen), () => Promise.reject(error)]), (thrown) => thrown === error);
  assert.deepEqual(seen, ["cleaned"]);
});

test("a race that is won at once starts nobody else", async () => {
  assert.equal(await race([() => 1, () => assert.fail("started")]), 1);
});

test("race of nothing rejects instead of hanging", async () => {
  await assert.rejects(race([]), { code: "BAD_OPTION" });
});

test("any resolves as the first to succeed and cancels and awaits the rest", async () => {
  const seen: string[] = [];
  const result = await any([() => Promise.reject(new Error("no")), () => turn("yes"), loser(seen)]);
  assert.equal(result, "yes");
  assert.deepEqual(seen, ["cleaned"]);
});

test("any rejects with all errors in the order of the functions when all fail", async () => {
  const result = any([
    async () => {
      await sleep(3);
      throw new Error("slow");
    },
    () => {
      throw new Error("quick");
    },
  ]);
  await assert.rejects(result, (error) => {
    assert.ok(error instanceof AggregateError);
    assert.deepEqual(
      error.errors.map((one: Error) => one.message),
      ["slow", "quick"],
    );
    return true;
  });
  await assert.rejects(any([]), AggregateError);
});

test("cancelling the group outside cancels race and any", async () => {
  for (const first of [race, any]) {
    await assert.rejects(
      group(async (g) => {
        g.spawn(async () => {
          await turn();
          g.cancel("out");
        });
        await assert.rejects(first([() => sleep(60_000), () => sleep(60_000)]), {
          code: "CANCELLED",
          reason: "out",
        });
      }),
      { code: "CANCELLED" },
    );
  }
});

test("a failed contender does not cancel the others of any", async () => {
  let ran = false;
  await any([
    () => Promise.reject(new Error("no")),
    async () => {
      await sleep(3);
      ran = true;
    },
  ]);
  assert.equal(ran, true);
});
