import assert from "node:assert/strict";
import { test } from "node:test";
import type { ModelListing } from "@heddle/lab";
import { modelsText } from "../../src/view/models.js";
import { PLAIN } from "../../src/view/paint.js";

function listing(name: string, changes: Partial<ModelListing> = {}): ModelListing {
  const summary = "one event loop: waits and computes in the same thread";
  const workloads = ["wait", "hash", "serve"] as const;
  const file = {
    name,
    language: "node",
    summary,
    workloads: [...workloads],
    start: ["{runtime}", "main.js"],
  };
  return {
    model: {
      name,
      language: "node",
      summary,
      workloads,
      dir: "/m",
      file,
      pool: undefined,
      heavy: false,
      foreign: false,
    },
    availability: { state: "ready", runtime: "/bin/node", version: "20.20.2" },
    built: true,
    old: null,
    ...changes,
  };
}

const absent = listing("bun-event-loop", {
  availability: { state: "not-installed", why: "Bun was not found", install: "npm install --global bun" },
});

test("models that can run are a table, the others tell how to install them", () => {
  assert.equal(
    modelsText([listing("node-event-loop"), listing("go-goroutines", { built: false }), absent], 140, PLAIN),
    `model            language  version  runs             notes         what it is
node-event-loop  node      20.20.2  wait hash serve                one event loop: waits and computes in the same thread
go-goroutines    node      20.20.2  wait hash serve  builds first  one event loop: waits and computes in the same thread

Not installed
bun-event-loop: Bun was not found
    npm install --global bun`,
  );
});

test("on a narrow terminal the summary gives way first", () => {
  assert.equal(
    modelsText([listing("node-event-loop")], 70, PLAIN),
    `model            language  version  what it is
node-event-loop  node      20.20.2  one event loop: waits a…`,
  );
});
