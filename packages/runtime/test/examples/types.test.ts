import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compilerErrors, ROOT, workshop } from "../docs/workshop.js";

const NAMES = ["crawler", "philosophers", "pipeline", "pool-server", "shed"];

test("the examples, plain JavaScript, have no error of types", async () => {
  const folder = workshop();
  for (const name of NAMES) cpSync(join(ROOT, "examples", name), join(folder, name), { recursive: true });
  const options = { allowJs: true, checkJs: true, noPropertyAccessFromIndexSignature: false };
  assert.deepEqual(await compilerErrors(folder, ["**/*.mjs"], options), []);
});
