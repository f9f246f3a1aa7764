import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../../../", import.meta.url));
const CODE = /\.(ts|mjs|cjs|js|css|c|py|go|rs|java)$/;

/** A package may import only those before it. */
const ORDER = ["runtime", "lab", "claims", "report", "heddle"];

function codeFiles(folder: string): string[] {
  const skip = /(^|\/)(node_modules|dist[^/]*|target|__pycache__|heddle-results|\.git)(\/|$)/;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && CODE.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !skip.test(path.slice(folder.length)));
}

test("no file of code is over 300 lines", () => {
  const long = ["packages", "scripts", "models", "claims", "bench", "examples"]
    .map((folder) => join(ROOT, folder))
    .filter((folder) => existsSync(folder))
    .flatMap(codeFiles)
    .map((path) => ({
      path: path.slice(ROOT.length),
      lines: readFileSync(path, "utf8").split("\n").length - 1,
    }))
    .filter(({ lines }) => lines > 300);
  assert.deepEqual(long, []);
});

test("imports between packages go one way: heddle, report, claims, lab, runtime", () => {
  const wrong: string[] = [];
  for (const [rank, name] of ORDER.entries()) {
    for (const path of codeFiles(join(ROOT, "packages", name, "src"))) {
      for (const [, target = ""] of readFileSync(path, "utf8").matchAll(
        /(?:from|import\()\s*"@heddle\/(\w+)/g,
      )) {
        if (ORDER.indexOf(target) >= rank) wrong.push(`${path.slice(ROOT.length)} imports @heddle/${target}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test("no package reaches into the folder of another, but for what it exports by name", () => {
  const exported = new Map(
    ORDER.map((name) => {
      const manifest = readFileSync(join(ROOT, "packages", name, "package.json"), "utf8");
      return [name, Object.keys(JSON.parse(manifest).exports)];
    }),
  );
  const wrong = ORDER.flatMap((name) => codeFiles(join(ROOT, "packages", name, "src"))).flatMap((path) => {
    const text = readFileSync(path, "utf8");
    const relative = [
      ...text.matchAll(/from "(?:\.\.\/)+(?:runtime|lab|claims|report|heddle)\/(?:src|dist)/g),
    ];
    const named = [...text.matchAll(/from "@heddle\/(\w+)\/([^"]+)"/g)].filter(
      ([, name = "", part]) => exported.get(name)?.includes(`./${part}`) !== true,
    );
    return [...relative, ...named].map(([found]) => `${path.slice(ROOT.length)}: ${found}`);
  });
  assert.deepEqual(wrong, []);
});

test("inside the runtime, host and worker meet only in wire/", () => {
  const sources = (room: string) => codeFiles(join(ROOT, "packages", "runtime", "src", room));
  const imports = (paths: readonly string[], room: string) =>
    paths.filter((path) => readFileSync(path, "utf8").includes(`from "../${room}/`));
  const host = ["pool", "group", "channel", "lock", "metrics"].flatMap(sources);
  assert.deepEqual(imports(host, "worker"), []);
  assert.deepEqual(imports(sources("worker"), "pool"), []);
  const shared = [...sources("wire"), ...sources("error")];
  assert.deepEqual([...imports(shared, "worker"), ...imports(shared, "pool")], []);
});

test("the runtime depends on nothing", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "packages", "runtime", "package.json"), "utf8"));
  assert.equal(manifest.dependencies, undefined);
  const foreign = codeFiles(join(ROOT, "packages", "runtime", "src")).filter((path) =>
    /^(?:import|export) .*from "(?!node:|\.{1,2}\/)/mu.test(readFileSync(path, "utf8")),
  );
  assert.deepEqual(foreign, []);
});

test("the help of every verb loads without the lab", () => {
  const bin = join(ROOT, "packages", "heddle", "bin", "heddle.js");
  const hook =
    "data:text/javascript,export async function load(url, context, next) {" +
    "if (url.includes('/packages/lab/')) throw new Error('the lab was loaded'); return next(url, context); }";
  const register = `data:text/javascript,import { register } from "node:module"; register(${JSON.stringify(hook)});`;
  for (const verb of [[], ["compare"], ["claims"], ["claims", "run"], ["models"], ["report"], ["audit"]]) {
    const text = execFileSync(process.execPath, ["--import", register, bin, ...verb, "--help"], {
      encoding: "utf8",
    });
    assert.match(text, /Usage: heddle/);
    assert.match(text, /Examples:/);
  }
});

test("the scripts need nothing but Node and what is built here", () => {
  const foreign = codeFiles(join(ROOT, "scripts")).flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/(?:from|import\()\s*"([^"]+)"/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^(node:|\.\/|\.\.\/packages\/)/.test(target))
      .map((target) => `${path.slice(ROOT.length)} imports ${target}`),
  );
  assert.deepEqual(foreign, []);
});
