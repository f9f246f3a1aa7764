// npm test: install what is missing, lint, build, run every test. Arguments, if any, choose test files by part of their path.
import { join } from "node:path";
import { ensureBuilt, ensureDependencies, ROOT, requireNode, run } from "./ensure.mjs";
import { runSuite, testFiles } from "./suite.mjs";
import { installTools, missingTools } from "./tools.mjs";

requireNode();
const inCi = (process.env["CI"] ?? "") !== "" && process.env["CI"] !== "false";
await ensureDependencies();
await installTools();
const missing = missingTools();
for (const tool of missing)
  console.error(`heddle: ${tool.what} is missing, so these are skipped: ${tool.skips}`);

const biome = join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");
let ok = (await run(process.execPath, [biome, "check", "."])) === 0;
if (!ok)
  console.error("heddle: the linter has complaints (npm run format mends most); the tests run all the same");
await ensureBuilt();

const wanted = process.argv.slice(2);
const paths = testFiles().filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)));
if (paths.length === 0) {
  console.error("no test file was found");
  process.exit(1);
}
const suite = await runSuite(process.execPath, paths);
ok = suite.ok && ok;
if (inCi && missing.length > 0) {
  console.error(`under CI a missing tool is a failure: ${missing.map((tool) => tool.what).join(", ")}`);
  ok = false;
}
if (inCi && wanted.length === 0) {
  const { testNodes } = await import("./test-nodes.mjs");
  ok = (await testNodes()) && ok;
}
console.log(`\nnode ${process.versions.node}\n${suite.closing.map((line) => `ℹ ${line}`).join("\n")}`);
process.exit(ok ? 0 : 1);
