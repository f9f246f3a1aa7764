// Runs built test files with one Node binary, and keeps the runner's closing lines.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { compiledHomes, files, ROOT } from "./ensure.mjs";

/** A test that hangs fails after this; the slowest build of a model takes less than half of it. */
const TIMEOUT_MS = 300_000;

/** All built test files, in a fixed order. */
export function testFiles() {
  return compiledHomes()
    .flatMap(({ home, parts }) => parts.flatMap((part) => files(join(home, "dist", part))))
    .filter((file) => file.endsWith(".test.js"));
}

/** Tests of the library and of the claims' rules measure nothing and mostly wait for their threads: several files at once. */
const TOGETHER = /[/\\](packages[/\\]runtime|claims[/\\]dist)[/\\]/;
const AT_ONCE = 3;

/**
 * The library's tests a few files at a time, then all others one by one: many of those measure, and a neighbour that compiles would
 * be measured with them. `closing` are the runner's last figures added up ("pass 12"); no test at all is a failure.
 */
export async function runSuite(node, paths) {
  const together = paths.filter((path) => TOGETHER.test(path));
  const alone = paths.filter((path) => !TOGETHER.test(path));
  const parts = [];
  if (together.length > 0) parts.push(await runFiles(node, together, AT_ONCE));
  if (alone.length > 0) parts.push(await runFiles(node, alone, 1));
  const tests = parts.reduce((sum, part) => sum + (part.figures.get("tests") ?? 0), 0);
  const names = [...(parts[0]?.figures.keys() ?? [])];
  const closing = names.map(
    (name) => `${name} ${parts.reduce((sum, part) => sum + (part.figures.get(name) ?? 0), 0)}`,
  );
  return { ok: parts.every((part) => part.ok) && tests > 0, tests, closing };
}

async function runFiles(node, paths, atOnce) {
  const args = [
    "--test",
    `--test-concurrency=${atOnce}`,
    `--test-timeout=${TIMEOUT_MS}`,
    "--test-reporter=spec",
    ...paths,
  ];
  const child = spawn(node, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  let tail = "";
  child.stdout.on("data", (chunk) => {
    process.stdout.write(chunk);
    tail = (tail + chunk).slice(-2_000_000);
  });
  const code = await new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (exit) => done(exit ?? 1));
  });
  const lines = /^ℹ (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)$/gmu;
  const figures = new Map();
  for (const [, name, value] of stripVTControlCharacters(tail).matchAll(lines))
    figures.set(name, Number(value));
  return { ok: code === 0, figures };
}
