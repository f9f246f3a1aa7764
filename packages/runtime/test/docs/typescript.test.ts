import assert from "node:assert/strict";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { runNode } from "./run-node.js";
import { workshop } from "./workshop.js";

/** What docs/pool.md says of TypeScript, loaders and bundlers. */
const folder = workshop();
const SRC = fileURLToPath(new URL("../../src/", import.meta.url));

/** A project of a user's: the library in its node_modules, and a server that asks its tasks for 42. */
function project(name: string, ending: "ts" | "js"): string {
  const home = join(folder, name);
  const library = join(home, "node_modules", "@heddle", "runtime");
  mkdirSync(join(library, "dist"), { recursive: true });
  cpSync(join(SRC, "..", "..", "package.json"), join(library, "package.json"));
  symlinkSync(SRC, join(library, "dist", "src"), "dir");
  writeFileSync(join(home, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(home, "tasks.ts"), "export const twice = (n: number): number => n * 2;\n");
  writeFileSync(
    join(home, "server.ts"),
    `import { pool } from "@heddle/runtime";
const cpu = pool<typeof import("./tasks.${ending}")>(new URL("./tasks.${ending}", import.meta.url), { threads: 1 });
console.log(await cpu.call.twice(21));
await cpu.close();
`,
  );
  return home;
}

test("workers inherit a loader given on the command line", async () => {
  const home = project("loader", "ts");
  const esbuild = import.meta.resolve("esbuild");
  writeFileSync(
    join(home, "hooks.mjs"),
    `import { readFileSync } from "node:fs";
import { transformSync } from ${JSON.stringify(esbuild)};
export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const { code } = transformSync(readFileSync(new URL(url), "utf8"), { loader: "ts", format: "esm" });
  return { format: "module", shortCircuit: true, source: code };
}
`,
  );
  writeFileSync(
    join(home, "loader.mjs"),
    `import { register } from "node:module";\nregister("./hooks.mjs", import.meta.url);\n`,
  );
  const loader = pathToFileURL(join(home, "loader.mjs")).href;
  const { code, stdout, stderr } = await runNode(["--import", loader, "server.ts"], home, 20_000);
  assert.deepEqual([code, stdout], [0, "42\n"], stderr);
});

const strips = (process.features as { typescript?: unknown }).typescript;
test("a Node that runs TypeScript runs task modules in it", { skip: !strips }, async () => {
  const { code, stdout, stderr } = await runNode(["server.ts"], project("stripped", "ts"), 20_000);
  assert.deepEqual([code, stdout], [0, "42\n"], stderr);
});

test("the recipe for a bundler works, and without it the error names the missing file", async () => {
  const home = project("bundled", "js");
  const bundle = (outdir: string, packages: "external" | "bundle") =>
    build({
      entryPoints: [join(home, "server.ts"), join(home, "tasks.ts")],
      outdir: join(home, outdir),
      bundle: true,
      platform: "node",
      format: "esm",
      packages,
      logLevel: "silent",
    });
  await bundle("good", "external");
  const good = await runNode([join("good", "server.js")], home, 20_000);
  assert.deepEqual([good.code, good.stdout], [0, "42\n"], good.stderr);
  await bundle("bad", "bundle");
  const bad = await runNode([join("bad", "server.js")], home, 20_000);
  assert.equal(bad.code, 1);
  assert.match(bad.stderr, /TaskLoadError: .*Cannot find module '.*main\.js'/);
});
