import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { pool } from "../../src/index.js";
import { exportsOf } from "../../src/worker/exports.js";

const add = (a: number, b: number) => a + b;
const twice = (a: number) => a * 2;

describe("the exports of a task module", () => {
  it("are those of an ECMAScript module as they are, whatever its default holds", () => {
    const module = { default: { twice }, add };
    assert.equal(exportsOf(module), module);
  });

  it("are all properties of a CommonJS module, also those that Node did not name", () => {
    assert.deepEqual(Object.keys(exportsOf({ default: { add, twice }, add })).sort(), [
      "add",
      "default",
      "twice",
    ]);
  });

  it("do not include a property of a CommonJS module that throws when it is read", () => {
    const exported = {
      add,
      get gone(): never {
        throw new Error("gone");
      },
    };
    assert.equal(exportsOf({ default: exported })["add"], add);
  });

  it("can be called in a pool when the module is CommonJS and exports one object", async () => {
    const folder = await mkdtemp(join(tmpdir(), "heddle-exports-"));
    try {
      const file = join(folder, "tasks.cjs");
      await writeFile(file, "module.exports = { add: (a, b) => a + b, ...{ twice: (a) => a * 2 } };");
      await using cpu = pool(file, { threads: 1 });
      assert.equal(await cpu.run("add", [1, 2]), 3);
      assert.equal(await cpu.run("twice", [4]), 8);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
