import assert from "node:assert/strict";
import { test } from "node:test";
import { pause } from "../../src/group/backoff.js";
import { group, retry, sleep } from "../../src/group/index.js";

const SOON = { initial: 1, max: 2 };

test("retry calls again until it succeeds, with the number of the attempt", async () => {
  const attempts: number[] = [];
  const value = await retry(
    (attempt) => {
      attempts.push(attempt);
      if (attempt < 3) throw new Error("not yet");
      return "done";
    },
    { attempts: 5, backoff: SOON },
  );
  assert.equal(value, "done");
  assert.deepEqual(attempts, [1, 2, 3]);
});

test("retry throws the last error as it is when the attempts are used up", async () => {
  const errors = [new Error("1"), new Error("2")];
  await assert.rejects(
    retry((attempt) => Promise.reject(errors[attempt - 1]), { attempts: 2, backoff: SOON }),
    (thrown) => thrown === errors[1],
  );
});

test("retryIf decides which errors are worth another try", async () => {
  let calls = 0;
  await assert.rejects(
    retry(
      () => {
        calls += 1;
        throw new TypeError("bug");
      },
      { attempts: 5, backoff: SOON, retryIf: async (error) => !(error instanceof TypeError) },
    ),
    TypeError,
  );
  assert.equal(calls, 1);
});

test("cancelling ends a retry, also in a pause, and nothing is tried again", async () => {
  let calls = 0;
  await assert.rejects(
    group(
      () =>
        retry(
          () => {
            calls += 1;
            throw new Error("down");
          },
          { attempts: 10, backoff: { initial: 60_000 } },
        ),
      { timeout: 5 },
    ),
    { code: "TIMEOUT" },
  );
  assert.equal(calls, 1);
});

test("pauses grow by the factor to the longest, and chance takes at most its share away", () => {
  const backoff = { initial: 10, factor: 3, max: 100 };
  assert.deepEqual(
    [1, 2, 3, 4].map((n) => pause(backoff, n)),
    [10, 30, 90, 100],
  );
  for (let i = 0; i < 100; i++) {
    const ms = pause({ ...backoff, jitter: 0.5 }, 2);
    assert.ok(ms > 15 - 1e-9 && ms <= 30, String(ms));
  }
});

test("a wrong policy is rejected before anything is called", async () => {
  const never = () => assert.fail("called");
  await assert.rejects(retry(never, { attempts: 0 }), { code: "BAD_OPTION" });
  await assert.rejects(retry(never, { backoff: { factor: 0.5 } }), /backoff\.factor/);
  await assert.rejects(retry(never, { backoff: { jitter: 2 } }), /backoff\.jitter/);
});

test("a supervised task is run again after a failure, and its success ends it", async () => {
  let runs = 0;
  const result = await group(async (g) => {
    const value = await g.spawn(
      () => {
        if (++runs < 3) throw new Error("crashed");
        return "up";
      },
      { restart: "on-failure", backoff: SOON },
    );
    assert.equal(g.stats().restarted, 2);
    assert.equal(g.stats().failed, 0);
    return value;
  });
  assert.equal(result, "up");
});

test("when its restarts are used up, the failure of a supervised task counts", async () => {
  let runs = 0;
  await assert.rejects(
    group((g) => {
      g.spawn(() => Promise.reject(new Error(`run ${++runs}`)), {
        restart: "on-failure",
        restarts: 2,
        backoff: SOON,
      });
    }),
    { message: "run 3" },
  );
});

test("a supervised task that is cancelled is not run again", async () => {
  let runs = 0;
  const value = await group(
    async (g) => {
      const task = g.spawn(
        async () => {
          runs += 1;
          await sleep(60_000).catch(() => {
            throw new Error("failed because cancelled");
          });
        },
        { restart: "on-failure", backoff: SOON },
      );
      task.cancel();
      await assert.rejects(task);
      return runs;
    },
    { onError: "collect" },
  );
  assert.equal(value, 1);
});

test("a wrong way to restart is refused at the spawn", async () => {
  await group((g) => {
    assert.throws(() => g.spawn(() => 1, { restart: "always" as "never" }), /restart must be "never" or/);
    assert.throws(() => g.spawn(() => 1, { restarts: -1 }), /restarts/);
    assert.throws(() => g.spawn(Promise.resolve(1) as never), /what spawn starts must be a function/);
  });
});
