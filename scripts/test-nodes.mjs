// npm run test:nodes: the tests on the other Nodes we promise to run on.
import { existsSync, mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuilt, ensureDependencies, must, npm, ROOT, requireNode } from "./ensure.mjs";
import { runSuite, testFiles } from "./suite.mjs";

const VERSIONS = ["24.21.0", "26.10.0"];

/**
 * Tests of other programs (a browser, the models and claims of every language, wrk, programs that fail on purpose, examples that are measured):
 * a second Node would only repeat them.
 */
const MAIN_NODE_ONLY = [
  /report\/dist\/test\/(claims\/)?browser/,
  /lab\/dist\/test\/models\//,
  /load\/wrk/,
  /lab\/dist\/test\/compare\/faults/,
  /heddle\/dist\/test\/examples/,
  /heddle\/dist\/test\/verb\/claimsQuick/,
];

/** True when all tests pass on each version. */
export async function testNodes() {
  const paths = testFiles().filter(
    (path) => !MAIN_NODE_ONLY.some((pattern) => pattern.test(relative(ROOT, path))),
  );
  const lines = [];
  let ok = true;
  for (const version of VERSIONS) {
    const node = await nodeBinary(version);
    console.log(`\nnode ${version}: ${paths.length} test files`);
    const suite = await runSuite(node, paths);
    ok = suite.ok && ok;
    lines.push(`node ${version}: ${suite.closing.join(", ")}`);
  }
  console.log(`\n${lines.join("\n")}`);
  return ok;
}

/**
 * The binary of a version, fetched once. The npm package `node` only picks one of these per-system packages in an install
 * script; taking that one directly works where install scripts are forbidden.
 */
async function nodeBinary(version) {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const home = join(ROOT, "node_modules", ".cache", "heddle-nodes", version);
  const binary = join(home, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(binary)) return binary;
  mkdirSync(home, { recursive: true });
  const options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  const [command, args] = npm(["install", "--prefix", home, ...options, `${name}@${version}`]);
  await must(`fetching Node ${version}`, command, args, { cwd: home });
  return binary;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requireNode();
  await ensureDependencies();
  await ensureBuilt();
  process.exit((await testNodes()) ? 0 : 1);
}
