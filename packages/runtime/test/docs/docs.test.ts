import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { programsOf } from "./page.js";
import { faultOf } from "./verdict.js";
import { ROOT, typeErrors, workshop, write } from "./workshop.js";

const pages = [
  "README.md",
  "packages/runtime/README.md",
  ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`),
].filter((page) => page.endsWith(".md") && existsSync(join(ROOT, page)));
const programs = pages.flatMap((page) => programsOf(page, readFileSync(join(ROOT, page), "utf8")));
const folder = workshop();
let errors: readonly string[] = [];

before(async () => {
  for (const program of programs) write(folder, program);
  errors = await typeErrors(folder, programs);
});

test("every complaint of the compiler is about a page", () => {
  assert.deepEqual(
    errors.filter((error) => !pages.some((page) => error.startsWith(`${page}:`))),
    [],
  );
});

for (const page of new Set(programs.map((program) => program.page))) {
  test(`${page}: every block compiles under the strictest settings`, () => {
    assert.deepEqual(
      errors.filter((error) => error.startsWith(`${page}:`)),
      [],
    );
  });
}

for (const program of programs) {
  test(`${program.page}:${program.line} runs to its end and has nothing to complain about`, async () => {
    assert.equal(await faultOf(folder, program), undefined);
  });
}
