import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startable } from "../../src/model/build.js";
import { copying, folder, modelOf, useCache, write } from "./_folder.js";

/** Builds for a minute, with a child of its own whose pid it writes down. */
const endless = { build: [["sh", "-c", 'sleep 60 & echo $! > "$0/../pid"; wait', "{dir}"]] };

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await condition()) return;
    await sleep(20);
  }
  assert.fail("waited 10 s in vain");
}

const pidIn = async (dir: string) => Number(await readFile(join(dir, "pid"), "utf8").catch(() => "0"));

/** Gone, or dead and not yet reaped by init. */
async function gone(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  return stat === null || /\) Z /.test(stat);
}

test("abort in the middle of a build leaves no process and no cache entry", {
  skip: notLinux(),
}, async (t) => {
  const dir = await folder(t);
  useCache(t, join(dir, "cache"));
  const model = await modelOf(join(dir, "m"), endless);
  const abort = new AbortController();
  const building = startable(model, { signal: abort.signal });
  await until(async () => (await pidIn(dir)) > 0);
  const reason = new Error("enough");
  abort.abort(reason);
  await assert.rejects(building, reason);
  const pid = await pidIn(dir);
  await until(() => gone(pid));
  assert.deepEqual(await readdir(join(dir, "cache", "models")), []);
});

test("one of two who wait for a build may leave; the other gets it", async (t) => {
  const dir = await folder(t);
  useCache(t, join(dir, "cache"));
  const script =
    'until [ -e "$0/../go" ]; do sleep 0.02; done; echo x >> "$0/../ran"; cp source "$1/program"';
  const build = [["sh", "-c", script, "{dir}", "{out}"]];
  const model = await modelOf(join(dir, "m"), { build }, { source: "#!/bin/sh\n" });
  const abort = new AbortController();
  let begun = false;
  // either of the two may be the one that begins it
  const onBuild = (): void => {
    begun = true;
  };
  const leaving = startable(model, { signal: abort.signal, onBuild });
  const staying = startable(model, { signal: new AbortController().signal, onBuild });
  await until(() => begun);
  await sleep(50); // both have joined
  abort.abort(new Error("I leave"));
  await assert.rejects(leaving, /I leave/);
  await write(dir, {}, { go: "" });
  const { argv } = await staying;
  assert.ok(existsSync(argv[0] ?? ""));
});

test("a signal that is aborted already builds nothing", async (t) => {
  const dir = await folder(t);
  useCache(t, join(dir, "cache"));
  const model = await modelOf(join(dir, "m"), copying, { source: "" });
  await assert.rejects(startable(model, { signal: AbortSignal.abort(new Error("no")) }), /no/);
  assert.equal(existsSync(join(dir, "ran")), false);
});

test("two heddles that build the same at once both get a whole build", async (t) => {
  const dir = await folder(t);
  const cache = join(dir, "cache");
  const path = await write(join(dir, "m"), copying, { source: "#!/bin/sh\n" });
  const script = `
    const { loadModelFile } = await import(process.argv[1] + "/load.js");
    const { startable } = await import(process.argv[1] + "/build.js");
    const [model] = await loadModelFile(process.argv[2]);
    process.stdout.write((await startable(model)).argv[0]);`;
  const source = new URL("../../src/model", import.meta.url).href;
  const answers = await Promise.all(
    [1, 2].map(async () => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script, source, path], {
        env: { ...process.env, HEDDLE_CACHE: cache },
        stdio: ["ignore", "pipe", "inherit"],
      });
      let answer = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        answer += chunk;
      });
      await once(child, "close");
      return answer;
    }),
  );
  assert.equal(answers[0], answers[1]);
  assert.ok(existsSync(answers[0] ?? ""));
  assert.equal((await readdir(join(cache, "models"))).length, 1, "what lost the race was removed");
});

function notLinux(): string | false {
  return process.platform === "linux" ? false : "reads /proc";
}
