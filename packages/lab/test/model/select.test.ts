import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../src/error.js";
import type { Model } from "../../src/model/schema.js";
import { closest, selectModels } from "../../src/model/select.js";

const names = ["go-goroutines", "node-cluster", "node-event-loop", "python-asyncio"];
const all = names.map(
  (name): Model => ({
    name,
    language: "other",
    summary: "",
    workloads: ["wait"],
    dir: "/",
    file: { name, language: "other", summary: "", workloads: ["wait"], start: ["sh"] },
    pool: undefined,
    heavy: false,
    foreign: false,
  }),
);

test("models come in the order asked for, each once", () => {
  const chosen = selectModels(all, ["python-asyncio", "go-goroutines", "python-asyncio"]);
  assert.deepEqual(
    chosen.map((model) => model.name),
    ["python-asyncio", "go-goroutines"],
  );
});

test("an unknown name is refused with the closest one and all that exist", () => {
  assert.throws(
    () => selectModels(all, ["node-eventloop"]),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, "BAD_OPTION");
      assert.equal(
        error.message,
        [
          "there is no model of this name",
          '  got:      "node-eventloop"',
          "  expected: one of go-goroutines, node-cluster, node-event-loop, python-asyncio",
          "  try:      did you mean node-event-loop?",
        ].join("\n"),
      );
      return true;
    },
  );
});

test("a name like no other is answered with the command that lists all", () => {
  assert.throws(() => selectModels(all, ["fortran"]), /try: {6}heddle models$/);
});

test("part of a name finds all that contain it", () => {
  assert.deepEqual(closest("node", names), ["node-cluster", "node-event-loop"]);
});

test("a name of a million letters costs no time and is shown cut", () => {
  assert.throws(
    () => selectModels(all, ["x".repeat(1_000_000)]),
    (error) => error instanceof Error && error.message.length < 400,
  );
});
