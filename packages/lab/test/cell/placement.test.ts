import assert from "node:assert/strict";
import { test } from "node:test";
import { placementOf } from "../../src/cell/placement.js";

test("a pinned server is held to one core and judged by one, however many there are", () => {
  const split = { server: "2-6", generator: "7" };
  assert.deepEqual(placementOf({ placement: "pinned", cores: 8 }, split), {
    server: "2",
    generator: "7",
    cores: 1,
  });
  assert.deepEqual(placementOf({ placement: "pinned", cores: 1 }, { server: "3", generator: "3" }), {
    server: "3",
    generator: "3",
    cores: 1,
  });
});

test("shared, both have all cores", () => {
  const all = { server: null, generator: null, cores: 8 };
  assert.deepEqual(placementOf({ placement: "shared", cores: 8 }, { server: "0-6", generator: "7" }), all);
});
