import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findClaims } from "../../src/index.js";
import { publishedSchemas } from "../../src/result/published.js";
import { fakeHome } from "../support/home.js";

const claims = await findClaims();

/** Ids are published and stay; a new claim may be missing here, an old one may not be missing there. */
const PUBLISHED = `
  async-for-io-threads-for-cpu
  async-predictable-p99
  async-switch-100ns
  asyncio-connection-2kb
  asyncio-executor-fixes-cpu
  asyncio-tick-2s
  backpressure-memory
  blocked-loop-node
  burst-stalls-everyone
  cancel-stops-work
  cfs-1-4ms-slices
  connections-10k-p50-11ms
  coroutines-one-thread
  counter-loses-updates
  cpu-share-cliff
  deadlock-undetected
  eleventh-waits-forever
  famous-quotes
  gil-4x-slower
  gil-5-percent-slower
  gil-between-bytecodes
  gil-multiprocessing-half
  go-p50-10ms
  go-priority-inversion
  go-race-counter
  go-tight-loop-hangs
  goroutine-2kb
  goroutine-leak
  goroutine-switch-100ns
  goroutines-100k-400mb
  hashlib-holds-gil
  hybrid-40-to-85
  lag-by-interval
  libuv-pool-of-four
  listen-128
  lock-order-deadlock
  microtasks-between-phases
  multiprocessing-vs-go-hash
  node-order-15432
  node-promise-1kb
  pipe-100k-round-trips
  pool-map-range
  pool50-100-urls-200ms
  pool50-p99-210ms
  priority-inversion
  python-1000-threads-12ms
  python-io-threads-halve
  rust-docs-quote
  spin-lock-starves
  starvation-by-microtasks
  structured-vs-loose
  switch-1-10us
  switch-flushes-tlb
  switches-half-a-core
  task-leak
  threads-100k
  threads-10m-switches
  threads-memory
  threads-waste-cpu
  timeouts-needed
  tracemalloc-thread-memory
  unbounded-queue-overload
  worker-per-request
`;

test("no published claim is gone", () => {
  const known = new Set(claims.map(({ claim }) => claim.id));
  const gone = PUBLISHED.split(/\s+/).filter((id) => id !== "" && !known.has(id));
  assert.deepEqual(gone, []);
});

for (const { claim, dir } of claims) {
  test(`${claim.id} has a rule with tests on both sides of its line`, () => {
    if ("untestable" in claim) return;
    const text = existsSync(join(dir, "rule.test.ts")) ? readFileSync(join(dir, "rule.test.ts"), "utf8") : "";
    const verdicts = new Set(text.match(/"(confirmed|refuted|depends|undecided)"/g));
    assert.ok(
      verdicts.size >= 2,
      `rule.test.ts of ${claim.id} knows ${[...verdicts].join(", ") || "no verdict"}`,
    );
    assert.ok(existsSync(join(dir, "rule.ts")), "the rule is a file of its own");
  });
}

for (const [what, fields, message] of [
  ["another id", { id: '"other"' }, /its id is "other"/],
  ["an unknown topic", { topic: '"weather"' }, /no topic "weather"/],
  ["empty words", { practice: '" "' }, /practice is empty/],
  ["a program that is not there", { programs: '["a.py"]' }, /there is no a\.py/],
  ["a program in an unknown language", { programs: '["a.zig"]' }, /no language is known for a\.zig/],
] as const) {
  test(`a claim folder with ${what} is refused by name`, async () => {
    await assert.rejects(findClaims(fakeHome({ mine: { fields } })), (error: Error) => {
      assert.match(error.message, /this is a bug in the claim mine/);
      assert.match(error.message, message);
      return true;
    });
  });
}

test("the published schema is up to date (node scripts/write-schemas.mjs)", () => {
  for (const [file, schema] of Object.entries(publishedSchemas())) {
    const path = new URL(`../../../schema/${file}`, import.meta.url);
    assert.deepEqual(JSON.parse(readFileSync(path, "utf8")), JSON.parse(JSON.stringify(schema)));
  }
});
