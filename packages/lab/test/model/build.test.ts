import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../../src/error.js";
import { isBuilt, startable } from "../../src/model/build.js";
import { cacheRoot } from "../../src/model/cache.js";
import { loadModelFile } from "../../src/model/load.js";
import { copying, folder, modelOf, useCache, write } from "./_folder.js";

const builds = async (dir: string) => (await readFile(join(dir, "ran"), "utf8").catch(() => "")).length / 2;
const entries = (cache: string) => readdir(join(cache, "models")).catch(() => []);

test("a model without a build is built, and starts as its fields say", async (t) => {
  const dir = await folder(t);
  useCache(t, join(dir, "cache"));
  const model = await modelOf(join(dir, "m"), { language: "node", start: ["{runtime}", "{dir}/main.mjs"] });
  assert.equal(await isBuilt(model), true);
  const started = await startable(model);
  assert.deepEqual(started.argv, [process.execPath, join(model.dir, "main.mjs")]);
  assert.equal(started.cwd, model.dir);
  assert.equal(started.version, process.versions.node);
  assert.deepEqual(await entries(join(dir, "cache")), []);
});

test("a build runs once, and again only after a source, a shared source or the model changed", async (t) => {
  const dir = await folder(t);
  const cache = join(dir, "cache");
  useCache(t, cache);
  const fields = { ...copying, sources: ["../shared"] };
  const files = { source: "#!/bin/sh\n", "../shared/library": "1", "target/junk": "1" };
  const model = await modelOf(join(dir, "m"), fields, files);
  assert.equal(await isBuilt(model), false);
  const built: string[] = [];
  const first = await startable(model, { onBuild: ({ name }) => built.push(name) });
  assert.equal(await isBuilt(model), true);
  assert.deepEqual(first.argv, [join(cache, "models", (await entries(cache))[0] ?? "", "program")]);
  assert.deepEqual(await startable(model, { onBuild: ({ name }) => built.push(name) }), first);
  assert.deepEqual(built, ["mine"]);
  assert.equal(await builds(dir), 1);

  await writeFile(join(model.dir, "target/junk"), "2");
  assert.equal(await isBuilt(model), true, "what a build leaves behind is no source");
  for (const [i, name] of ["source", "../shared/library"].entries()) {
    await writeFile(join(model.dir, name), "#!/bin/sh\n# changed\n");
    assert.equal(await isBuilt(model), false, name);
    await startable(model);
    assert.equal(await builds(dir), 2 + i);
  }
  const changed = await modelOf(join(dir, "m"), { ...fields, summary: "another" });
  assert.equal(await isBuilt(changed), false);
});

test("a source that is a link counts with what it links to", async (t) => {
  const dir = await folder(t);
  useCache(t, join(dir, "cache"));
  const model = await modelOf(join(dir, "m"), copying, { source: "#!/bin/sh\n", "../far": "1" });
  await symlink("../far", join(model.dir, "linked"));
  await symlink("..", join(model.dir, "circle"));
  await startable(model);
  await writeFile(join(dir, "far"), "2");
  assert.equal(await isBuilt(model), false);
});

test("variants share one build, also when both are asked for at once", async (t) => {
  const dir = await folder(t);
  useCache(t, join(dir, "cache"));
  const variants = [{ name: "mine-9", pool: 9 }];
  const path = await write(join(dir, "m"), { ...copying, variants }, { source: "#!/bin/sh\n" });
  const models = await loadModelFile(path);
  const [one, two] = await Promise.all(models.map((model) => startable(model)));
  assert.deepEqual(one?.argv, two?.argv);
  assert.equal(two?.model.name, "mine-9");
  assert.equal(await builds(dir), 1);
});

test("a build that fails says the command, the exit code and the last lines, and is not taken for built", async (t) => {
  const dir = await folder(t);
  const cache = join(dir, "cache");
  useCache(t, cache);
  const script = "i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo line $i; done; exit 3";
  const model = await modelOf(join(dir, "m"), { build: [["sh", "-c", script]] });
  for (let i = 0; i < 2; i++) {
    await assert.rejects(startable(model), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, "BAD_MODEL");
      const lines = Array.from({ length: 15 }, (_, line) => `  | line ${line + 26}`);
      assert.equal(
        error.message,
        [
          "mine does not build",
          "  got:      exit code 3",
          ...lines,
          "  expected: exit code 0",
          `  try:      cd ${model.dir} && sh -c ${script}`,
        ].join("\n"),
      );
      return true;
    });
  }
  assert.equal(await isBuilt(model), false);
  assert.deepEqual(await entries(cache), []);
});

test("a compiler that says the disk is full is a full cache, not a bad model", async (t) => {
  const dir = await folder(t);
  useCache(t, join(dir, "cache"));
  const script = "echo 'ld: write: No space left on device' >&2; exit 1";
  const model = await modelOf(join(dir, "m"), { build: [["sh", "-c", script]] });
  await assert.rejects(startable(model), { name: "UserError", code: "CANNOT_WRITE" });
});

test("a cache that cannot be written to says where and how to mend it", async (t) => {
  const dir = await folder(t);
  await writeFile(join(dir, "file"), "");
  useCache(t, join(dir, "file"));
  const model = await modelOf(join(dir, "m"), copying, { source: "" });
  assert.equal(await isBuilt(model), false);
  await assert.rejects(startable(model), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, "CANNOT_WRITE");
    assert.match(
      error.message,
      /^cannot write to the build cache\n {2}got: {6}ENOTDIR at .*\/file\/models\/mine-.*\n {2}expected: a folder that can be written to, with room\n {2}try: {6}HEDDLE_CACHE=\/other\/dir heddle \.\.\.$/,
    );
    return true;
  });
});

test("a build that makes no program to start is the model's mistake", async (t) => {
  const dir = await folder(t);
  useCache(t, join(dir, "cache"));
  const model = await modelOf(join(dir, "m"), { build: [["true"]] });
  await assert.rejects(
    startable(model),
    /^UserError: the program that starts mine does not exist\n {2}got: .*\/program\n/,
  );
});

test("a source that does not exist is refused", async (t) => {
  const dir = await folder(t);
  useCache(t, join(dir, "cache"));
  const model = await modelOf(join(dir, "m"), { ...copying, sources: ["../none"] });
  await assert.rejects(
    startable(model),
    /has a bad field "sources"\n {2}got: {6}\.\.\/none\n {2}expected: a file or folder that exists/,
  );
});

test("a model whose runtime is missing cannot be started, and says how to install it", async (t) => {
  const model = await modelOf(await folder(t), { language: "node", atLeast: "999", start: ["{runtime}"] });
  await assert.rejects(startable(model), {
    code: "NOT_INSTALLED",
    message: `mine cannot run here: needs version 999, found ${process.versions.node}\n  try:      https://nodejs.org`,
  });
});

test("builds left half done by a crash, and builds long unused, are swept away", async (t) => {
  const dir = await folder(t);
  const cache = join(dir, "cache");
  useCache(t, cache);
  const long = new Date(Date.now() - 40 * 24 * 3_600_000);
  for (const name of ["mine-old", "mine-new", "mine-x.tmp-1-a", "mine-y.tmp-1-b"]) {
    const path = join(cache, "models", name);
    await mkdir(path, { recursive: true });
    if (name === "mine-old" || name === "mine-x.tmp-1-a") await utimes(path, long, long);
  }
  await startable(await modelOf(join(dir, "m"), copying, { source: "" }));
  const left = (await entries(cache)).filter((name) => !/^mine-[0-9a-f]{24}$/.test(name));
  assert.deepEqual(left.sort(), ["mine-new", "mine-y.tmp-1-b"]);
  await rm(cache, { recursive: true });
});

test("the cache is where the environment says", () => {
  assert.equal(cacheRoot({ HEDDLE_CACHE: "/a", XDG_CACHE_HOME: "/b" }), "/a");
  assert.equal(cacheRoot({ XDG_CACHE_HOME: "/b" }), "/b/heddle");
  assert.match(cacheRoot({}), /\.cache\/heddle$/);
});
