import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { example, serve } from "./support.js";

const file = await example("pool-server", "server.mjs");
const server = await serve(file, { ROUNDS: "20000" });
const hash = (secret: string) =>
  fetch(`${server.url}/hash`, { method: "POST", body: secret }).then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }));

test("it hashes", async () => {
  let digest = createHash("sha256").update("correct horse").digest();
  for (let round = 1; round < 20_000; round++) digest = createHash("sha256").update(digest).digest();
  assert.deepEqual(await hash("correct horse"), { status: 200, text: `${digest.toString("hex")}\n` });
});

test("it answers the health check while hashes wait and run", async () => {
  let pending = 24;
  const hashes = Array.from({ length: pending }, (_, at) =>
    hash(`secret ${at}`).finally(() => {
      pending--;
    }),
  );
  const pendingAt: number[] = [];
  for (let check = 0; check < 3; check++) {
    assert.equal(await (await fetch(`${server.url}/health`)).text(), "ok\n");
    pendingAt.push(pending);
  }
  assert.ok(
    pendingAt.every((still) => still > 0),
    `hashes pending at each health check: ${pendingAt}`,
  );
  const ends = await Promise.all(hashes);
  // On a machine so slow that all hashes take two seconds, some are told to try again.
  assert.ok(ends.every(({ status }) => status === 200 || status === 503));
  assert.ok(ends.some(({ status }) => status === 200));
});

test("a client that leaves takes its hash with it", async () => {
  const gone = AbortSignal.timeout(5);
  const posts = Array.from({ length: 4 }, () =>
    fetch(`${server.url}/hash`, { method: "POST", body: "x".repeat(100), signal: gone }),
  );
  await Promise.allSettled(posts);
  assert.equal((await hash("after them")).status, 200);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /^heddle_pool_tasks_total\{outcome="cancelled",pool="hashing"\} [1-9]/m);
  assert.match(metrics, /^heddle_pool_tasks_total\{outcome="failed",pool="hashing"\} 0$/m);
});

test("SIGTERM lets what was begun come to its end", async () => {
  const last = hash("the last");
  await fetch(`${server.url}/health`);
  assert.equal(await server.stop(), 0);
  assert.equal((await last).status, 200);
  assert.equal(server.stderr(), "");
});
