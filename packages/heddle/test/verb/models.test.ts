import assert from "node:assert/strict";
import { test } from "node:test";
import { heddle, scratch } from "../support/program.js";

const folder = scratch();

interface Listed {
  readonly name: string;
  readonly installed: boolean;
  readonly version: string | null;
  readonly install: string | null;
}

test("heddle models --json lists every model with a version or how to install it", async () => {
  const { code, stdout, stderr } = await heddle(["models", "--json"], folder);
  assert.deepEqual([code, stderr], [0, ""]);
  const answer: { schema: string; models: Listed[] } = JSON.parse(stdout);
  assert.equal(answer.schema, "heddle.models/1");
  const names = answer.models.map((model) => model.name);
  for (const name of [
    "node-event-loop",
    "python-asyncio",
    "go-goroutines",
    "rust-tokio",
    "java-virtual-threads",
  ]) {
    assert.ok(names.includes(name), name);
  }
  for (const model of answer.models) {
    assert.equal(model.installed, model.version !== null, model.name);
    assert.equal(model.installed, model.install === null, model.name);
  }
});

test("a runtime that is not on the path is not installed, and the way to install it is told", async () => {
  const { code, stdout } = await heddle(["models"], folder, { PATH: "/nowhere", HOME: folder });
  assert.equal(code, 0);
  assert.match(stdout, /^Not installed$/m);
});
