import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { example, run, scratch } from "./support.js";

const pipeline = await example("pipeline", "pipeline.mjs");
const log = (name: string, lines: readonly string[]) => {
  const path = join(scratch, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
};

test("it adds up a log that is much longer than its channels", async () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, at) => `GET /${at} ${at % 10 === 0 ? 404 : 200} ${at % 7}`,
  );
  let bytes = 0;
  for (let at = 0; at < 20_000; at += 10) bytes += at % 7;
  const { code, stdout, stderr } = await run(pipeline, log("access.log", lines));
  assert.equal(stderr, "");
  const [ok = "", missing] = stdout.split("\n");
  assert.match(ok, /^200 {2}18000 requests, \d+ bytes$/);
  assert.equal(missing, `404  2000 requests, ${bytes} bytes`);
  assert.equal(code, 0);
});

test("a line that is none ends all stages and is told with its number", async () => {
  const lines = Array.from({ length: 5_000 }, (_, at) => (at === 2_999 ? "GET oops" : `GET /${at} 200 1`));
  const { code, stdout, stderr } = await run(pipeline, log("bad.log", lines));
  assert.deepEqual([code, stdout, stderr], [1, "", "pipeline: line 3000 is no log line: GET oops\n"]);
});

test("it says what it needs when there is no such file", async () => {
  const { code, stderr } = await run(pipeline, "nowhere.log");
  assert.deepEqual([code, stderr], [2, "pipeline: the first argument must be a log file, got nowhere.log\n"]);
});
