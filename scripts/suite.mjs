// Runs built test files with one Node binary, and keeps the runner's closing lines.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { files, packages, ROOT } from "./ensure.mjs";

/** A test that hangs fails after this; the slowest build of a model takes less than half of it. */
const TIMEOUT_MS = 300_000;

/** All built test files, in a fixed order. */
export function testFiles() {
  return packages().flatMap((name) =>
    files(join(ROOT, "packages", name, "dist", "test")).filter((file) => file.endsWith(".test.js")),
  );
}

/**
 * One file at a time: many tests measure, and a neighbour that compiles would be measured with them.
 * `closing` are the runner's last figures ("ℹ pass 12"); no test at all is a failure, however the runner sees it.
 */
export async function runSuite(node, paths) {
  const args = [
    "--test",
    "--test-concurrency=1",
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
  const figures = /^ℹ ((?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+)$/gmu;
  const found = [...stripVTControlCharacters(tail).matchAll(figures)];
  const closing = found.slice(-8).map((match) => match[1] ?? "");
  const tests = Number(
    /^tests (\d+)/.exec(closing.find((line) => line.startsWith("tests ")) ?? "")?.[1] ?? 0,
  );
  return { ok: code === 0 && tests > 0, tests, closing };
}
