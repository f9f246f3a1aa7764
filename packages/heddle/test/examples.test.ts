import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { type CompareResult, compareResult } from "@heddle/lab";
import { marked } from "./support/marked.js";
import { heddle, scratch } from "./support/program.js";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const README = readFileSync(join(ROOT, "examples", "README.md"), "utf8");
const folder = scratch();

test("examples/README.md names every example", () => {
  const missing = readdirSync(join(ROOT, "examples")).filter(
    (name) => name !== "README.md" && !README.includes(`examples/${name}`),
  );
  assert.deepEqual(missing, []);
});

test("examples/work.json: both its workloads are measured", async () => {
  const result = await compare("work", [
    ...documented("heddle compare examples/work.json --models node-event-loop"),
    ...["--runs", "1"],
  ]);
  assert.deepEqual(cellsOf(result), [
    ["node-event-loop", "wait"],
    ["node-event-loop", "serve"],
  ]);
});

test("examples/own-model is measured beside a model of ours", async () => {
  const result = await compare("own-model", [
    ...documented(
      "heddle compare --workload wait --models node-event-loop --model examples/own-model/model.json",
    ),
    ...["--runs", "1"],
  ]);
  assert.deepEqual(cellsOf(result).toSorted(), [
    ["node-batched-timers", "wait"],
    ["node-event-loop", "wait"],
  ]);
});

test("examples/shop is started, measured as a server, and stopped", async () => {
  const port = await freePort();
  const words = documented(
    'heddle compare --server "node examples/shop/server.mjs" --url http://127.0.0.1:3000/',
  ).map((word) => word.replace(":3000/", `:${port}/`));
  const small = ["--runs", "1", "--duration", "1s", "--connections", "10", "--rate", "100"];
  const result = await compare("shop", [...words, ...small], { PORT: String(port) });
  assert.deepEqual(cellsOf(result), [["server", "serve"]]);
  assert.ok(await isFree(port), `something still listens on ${port}`);
});

test("examples/published-table.json: one row fits, and one cannot be true", async () => {
  const words = documented("heddle audit examples/published-table.json");
  const { code, stdout, stderr } = await heddle([...words, "--json"], ROOT);
  assert.deepEqual([code, stderr], [0, ""]);
  const answer: { rows: { name: string; possible: boolean; law: string | null }[] } = JSON.parse(stdout);
  assert.deepEqual(
    answer.rows.map(({ name, possible, law }) => [name, possible, law]),
    [
      ["Node, 10,000 connections", false, "utilization"],
      ["threads, 100 connections", true, null],
    ],
  );
});

/** The words of a command line that examples/README.md gives, without the name of the program. */
function documented(line: string): string[] {
  assert.ok(README.split("\n").includes(line), `examples/README.md lacks: ${line}`);
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "").slice(1);
}

/** Runs from the root, as the page says, with its results elsewhere; whatever it started must be gone afterwards. */
async function compare(
  name: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<CompareResult> {
  const mark = `heddle-example-${name}-${process.pid}`;
  const path = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
  const { code, stdout, stderr } = await heddle([...words, "--json", "--out", join(folder, name)], ROOT, {
    ...env,
    PATH: path,
    HEDDLE_MARK: mark,
  });
  assert.equal(code, 0, stderr);
  assert.deepEqual(marked(mark), []);
  return compareResult.parse(JSON.parse(stdout));
}

/** Model and kind of each cell. None may be void, except where a busy box kept the load generator from its work. */
function cellsOf(result: CompareResult): [string, string][] {
  return result.cells.map((cell) => {
    const excused = cell.workload.kind === "serve" && /^(generator|arrivals)/.test(cell.void ?? "");
    if (!excused) {
      assert.equal(cell.void, null, `${cell.model}, ${cell.workload.kind}`);
      assert.ok((cell.latencyMs?.p50 ?? 0) > 0, `${cell.model}, ${cell.workload.kind}: no latency`);
    }
    return [cell.model, cell.workload.kind];
  });
}

/** Below 32768, where the system takes no ports for outgoing connections. */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error("no free port in 50 tries");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
