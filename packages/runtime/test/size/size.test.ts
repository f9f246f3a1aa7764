import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What a program uses that has groups, channels and locks in one thread. */
const GROUPS = "group, openGroup, shield, timeout, current, checkpoint, sleep, race, any, map, retry".split(
  ", ",
);
const CHANNELS = "channel, select, receive, send, after, aborted, joined, broadcast, watch".split(", ");
const LOCKS = "Mutex, RwLock, Semaphore".split(", ");
const ALL = [...GROUPS, ...CHANNELS, ...LOCKS];

/** 12 KB. */
const AIM = 12_288;

/**
 * Bytes, minified and gzipped, just above what is measured: whoever adds to it says so here. All together is beyond
 * the aim; 2.9 KB of it are the shared forms, which come along because `shared()` is a static method of each lock.
 */
const BUDGETS: readonly [what: string, budget: number, names: readonly string[]][] = [
  ["group() alone", 7_150, ["group"]],
  ["groups", 8_400, GROUPS],
  ["channels", 8_300, CHANNELS],
  ["groups and channels", AIM, [...GROUPS, ...CHANNELS]],
  ["locks", 8_350, LOCKS],
  ["groups, channels and locks", 17_200, ALL],
];

interface Bundle {
  readonly min: number;
  readonly gzip: number;
  /** The files that are in it, by their path inside `src`, and how many minified bytes each gave. */
  readonly files: ReadonlyMap<string, number>;
}

const index = fileURLToPath(new URL("../../src/index.js", import.meta.url));

/** What a user's bundler makes of one import of these names. */
async function bundle(names: readonly string[]): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${names.join(", ")} } from ${JSON.stringify(index)};`, resolveDir: "." },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["node:*"],
    write: false,
    metafile: true,
    outdir: ".",
    logLevel: "silent",
  });
  const [code] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  assert.ok(code !== undefined && output !== undefined);
  const files = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
    if (bytesInOutput > 0) files.set(path.replace(/^.*\bsrc\//, ""), bytesInOutput);
  }
  return { min: code.contents.length, gzip: gzipSync(code.contents, { level: 9 }).length, files };
}

function folders(files: Bundle["files"]): string {
  const sums = new Map<string, number>();
  for (const [path, bytes] of files) {
    const folder = path.split("/")[0] ?? path;
    sums.set(folder, (sums.get(folder) ?? 0) + bytes);
  }
  return Array.from(sums, ([folder, bytes]) => `${folder} ${bytes}`).join(", ");
}

for (const [what, budget, names] of BUDGETS) {
  test(`the bundle of ${what} keeps to its budget`, async (t) => {
    const { min, gzip, files } = await bundle(names);
    t.diagnostic(`${what}: ${gzip} bytes min+gzip, ${min} min (${folders(files)})`);
    assert.ok(gzip <= budget, `${gzip} bytes, and the budget is ${budget}`);
  });
}

test("who uses groups, channels and locks in one thread carries no pool, no codec and no metrics", async () => {
  const { files } = await bundle(ALL);
  const foreign = /^(pool|worker|wire|testing)\/|^metrics\/(registry|families|reading|histogram|prometheus)/;
  assert.deepEqual(
    [...files.keys()].filter((path) => foreign.test(path)),
    [],
  );
});

test("the wait-for graph is in a bundle when its program names configure or onReport", async () => {
  for (const name of ["configure", "onReport"]) {
    const { files } = await bundle(["Mutex", name]);
    assert.ok(files.has("lock/graph.js"), name);
    assert.ok(files.has("lock/stuck.js"), name);
  }
});
