import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf, programsOf } from "./page.js";
import { faultOf } from "./verdict.js";
import { typeErrors, workshop, write } from "./workshop.js";

const page = (...blocks: readonly string[]) =>
  blocks.map((block) => `Text.\n\n\`\`\`ts\n${block}\n\`\`\`\n`).join("\n");

/** What is found wrong with a page of these blocks. */
async function faultsOf(limitMs: number, ...blocks: readonly string[]) {
  const folder = workshop();
  const programs = programsOf("docs/page.md", page(...blocks));
  for (const program of programs) write(folder, program);
  const compile = await typeErrors(folder, programs);
  const run: (string | undefined)[] = [];
  for (const program of programs) run.push(await faultOf(folder, program, limitMs));
  return { compile, run };
}

test("a block is found with the line at which its code begins", () => {
  assert.deepEqual(
    blocksOf(page("1;", "// file: tasks.ts\n2;")).map(({ line, file }) => [line, file]),
    [
      [4, undefined],
      [10, "tasks.ts"],
    ],
  );
});

test("a block that nobody would run is refused", () => {
  assert.throws(() => blocksOf("- item\n  ```ts\n  1;\n  ```\n"), /indented/);
  assert.throws(
    () => programsOf("docs/page.md", page("// file: tasks.ts\n1;")),
    /no block after it uses tasks\.ts/,
  );
});

test("a file of a block lies beside all blocks after it, and the library is the one of this build", async () => {
  const { compile, run } = await faultsOf(
    20_000,
    "// file: tasks.ts\nexport const twice = (n: number) => n * 2;",
    `import { pool } from "@heddle/runtime";
await using cpu = pool<typeof import("./tasks.js")>(new URL("./tasks.js", import.meta.url), { threads: 1 });
if ((await cpu.call.twice(21)) !== 42) throw new Error("not 42");`,
    `import { twice } from "./tasks.js";\nif (twice(2) !== 4) throw new Error("not 4");`,
  );
  assert.deepEqual({ compile, run }, { compile: [], run: [undefined, undefined] });
});

test("a block that does not compile is told with its place on the page", async () => {
  const { compile } = await faultsOf(
    20_000,
    `export const n: number = 1;`,
    `\nexport const m: number = "1";`,
  );
  assert.equal(compile.length, 1);
  assert.match(compile[0] ?? "", /^docs\/page\.md:11:14: error TS2322/);
});

test("a block that fails is told with its place on the page and its output", async () => {
  const { run } = await faultsOf(20_000, `console.log("so far");\n\nthrow new Error("broken");`);
  assert.match(
    run[0] ?? "",
    /^docs\/page\.md:4 ended with exit code 1\nstdout: so far[\s\S]*Error: broken[\s\S]*program\.ts:6:7/,
  );
});

test("a block that warns is told", async () => {
  const { run } = await faultsOf(20_000, `process.emitWarning("careful");`);
  assert.match(run[0] ?? "", /wrote on stderr[\s\S]*careful/);
});

test("a block that does not end is ended and told", async () => {
  const { run } = await faultsOf(1_000, `setInterval(() => {}, 1_000);`);
  assert.match(run[0] ?? "", /did not end within 1000 ms/);
});
