import assert from "node:assert/strict";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { listModels } from "../../src/model/list.js";
import { availability, oldRuntime } from "../../src/model/runtime.js";
import { compareVersions } from "../../src/model/version.js";
import { folder, modelOf } from "./_folder.js";

test("Node is the one that runs this", async (t) => {
  const model = await modelOf(await folder(t), { language: "node", start: ["{runtime}"] });
  const version = process.versions.node;
  assert.deepEqual(await availability(model), { state: "ready", runtime: process.execPath, version });
});

test("a runtime too old for the model is not installed, and both versions are said", async (t) => {
  const model = await modelOf(await folder(t), { language: "node", atLeast: "999", start: ["{runtime}"] });
  assert.deepEqual(await availability(model), {
    state: "not-installed",
    why: `needs version 999, found ${process.versions.node}`,
    install: "https://nodejs.org",
  });
});

for (const language of ["python", "python-free-threaded", "bun", "deno"]) {
  test(`${language} is not installed where PATH is empty, with a way to install it`, async (t) => {
    const dir = await folder(t);
    const model = await modelOf(dir, { language, start: ["{runtime}"] });
    const found = await availability(model, { env: { PATH: dir, HOME: dir } });
    assert.equal(found.state, "not-installed");
    assert.ok(
      found.state === "not-installed" && found.why.endsWith(" was not found") && found.install !== "",
    );
  });
}

test("a program that is named like a runtime but does not answer like one is passed over", async (t) => {
  const dir = await folder(t);
  const bin = join(dir, ".bun", "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(join(dir, "bun"), "#!/bin/sh\nexit 1\n");
  await writeFile(join(bin, "bun"), "#!/bin/sh\necho 1.2.3\n");
  for (const path of [join(dir, "bun"), join(bin, "bun")]) await chmod(path, 0o755);
  const model = await modelOf(dir, { language: "bun", start: ["{runtime}"] });
  const found = await availability(model, { env: { PATH: dir, HOME: dir } });
  assert.deepEqual(found, { state: "ready", runtime: join(bin, "bun"), version: "1.2.3" });
});

test("of several JDKs the newest that works is taken, and one without a compiler is none", async (t) => {
  const dir = await folder(t);
  const kit = async (version: string, programs: Record<string, string>) => {
    const home = join(dir, version);
    await mkdir(join(home, "bin"), { recursive: true });
    await writeFile(join(home, "release"), `JAVA_VERSION="${version}"\n`);
    for (const [name, text] of Object.entries(programs)) {
      await writeFile(join(home, "bin", name), text, { mode: 0o755 });
    }
    return join(home, "bin");
  };
  const works = (version: string) => `#!/bin/sh\necho 'openjdk version "${version}" 2030-01-01' >&2\n`;
  const javac = "#!/bin/sh\n";
  const path = [
    await kit("901.0.1", { java: works("901.0.1"), javac }),
    await kit("903.0.1", { java: works("903.0.1") }),
    await kit("904.0.1", { java: "#!/bin/sh\nexit 1\n", javac }),
  ].join(delimiter);
  const newest = await kit("902.0.1", { java: works("902.0.1"), javac });
  const model = await modelOf(dir, { language: "java", atLeast: "21", start: ["{runtime}"] });
  const found = await availability(model, { env: { PATH: path, HOME: dir, JAVA_HOME: join(newest, "..") } });
  assert.deepEqual(found, { state: "ready", runtime: join(newest, "java"), version: "902.0.1" });
});

test("a language the lab does not know needs its program to exist, and no more", async (t) => {
  const dir = await folder(t);
  const files = { program: "#!/bin/sh\n" };
  const here = await modelOf(join(dir, "a"), { language: "zig", start: ["./program"] }, files);
  assert.deepEqual(await availability(here), {
    state: "ready",
    runtime: join(here.dir, "program"),
    version: "",
  });
  const gone = await modelOf(join(dir, "b"), { language: "zig", start: ["no-such-program"] });
  assert.deepEqual(await availability(gone), {
    state: "not-installed",
    why: "the program no-such-program was not found",
    install: "install it, or correct the path in model.json",
  });
});

test("old runtimes are noted, current ones and unknown languages are not", () => {
  assert.equal(
    oldRuntime("go", "1.19.8"),
    "Go before 1.21 lacks profile-guided builds and newer scheduler work: 1.19.8 is old, figures of a current version may differ",
  );
  for (const [language, version] of [
    ["java", "17.0.9"],
    ["python", "3.9.2"],
    ["node", "20.19.0"],
  ] as const) {
    assert.notEqual(oldRuntime(language, version), null, language);
  }
  for (const [language, version] of [
    ["java", "21"],
    ["go", "1.26.8"],
    ["rust", "1.63.0"],
    ["x", ""],
  ] as const) {
    assert.equal(oldRuntime(language, version), null, language);
  }
});

test("versions are compared as numbers", () => {
  assert.ok(compareVersions("3.9", "3.13.0") < 0);
  assert.ok(compareVersions("21", "17.0.9") > 0);
  assert.equal(compareVersions("21", "21.0.0"), 0);
});

test("the list tells of every model whether it can run, and compiles nothing", async () => {
  const list = await listModels();
  const node = list.find(({ model }) => model.name === "node-event-loop");
  assert.equal(node?.availability.state, "ready");
  assert.equal(node?.built, true);
  for (const { availability: found, built, old } of list) {
    if (found.state === "ready") continue;
    assert.deepEqual([built, old], [false, null]);
    assert.notEqual(found.install, "");
  }
});
