import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { delimiter, dirname } from "node:path";
import { UserError } from "../error.js";
import { cacheEntry, cannotWrite, stagingFolder, tidy } from "./cache.js";
import { fillIn } from "./command.js";
import { compile } from "./compile.js";
import { availability, resolveProgram } from "./runtime.js";
import type { Model, StartableModel } from "./schema.js";
import { shareWork } from "./shareWork.js";

export interface BuildOptions {
  readonly signal?: AbortSignal;
  /** Called when a build really begins; not for a build found in the cache. */
  readonly onBuild?: (model: Model) => void;
}

const LAST_LINES = 15;
const DISK_FULL = /no space left on device|disk quota exceeded|ENOSPC|EDQUOT/i;

/** Variants of one model are one build, and the second to ask waits for the first. */
const buildOnce = shareWork<string>();

/**
 * The command that starts the model, built first if it has to be. A build is cached until a source file, the
 * model.json, the runtime or the platform changes; failed and aborted builds leave nothing.
 * @throws UserError NOT_INSTALLED without the runtime, BAD_MODEL when the build fails, CANNOT_WRITE when the cache
 * cannot be written. Abort rejects with the signal's reason after the compiler's whole process group was killed.
 */
export async function startable(model: Model, options: BuildOptions = {}): Promise<StartableModel> {
  options.signal?.throwIfAborted();
  const { runtime, version } = await readyRuntime(model);
  let out: string | null = null;
  if (model.file.build !== undefined) {
    const entry = await cacheEntry(model, runtime, version);
    if (!existsSync(entry)) {
      await buildOnce(
        entry,
        (signal) => build(model, runtime, entry, signal, options.onBuild),
        options.signal,
      );
    }
    await tidy(entry);
    out = entry;
  }
  const argv = fillIn(model.file.start, { runtime, dir: model.dir, out });
  const program = await resolveProgram(argv[0] ?? "", model.dir, process.env);
  if (program === null) {
    throw new UserError("BAD_MODEL", {
      what: `the program that starts ${model.name} does not exist`,
      got: argv[0] ?? "",
      expected: `"start" in ${model.dir}/model.json to name a program, made by "build" or on this machine`,
      next: "see docs/models.md",
    });
  }
  return { model, argv: [program, ...argv.slice(1)], cwd: model.dir, version };
}

/** True when starting the model would compile nothing. False also when its runtime is missing. */
export async function isBuilt(model: Model): Promise<boolean> {
  const found = await availability(model);
  if (found.state !== "ready") return false;
  if (model.file.build === undefined) return true;
  return existsSync(await cacheEntry(model, found.runtime, found.version));
}

async function readyRuntime(model: Model): Promise<{ runtime: string; version: string }> {
  const found = await availability(model);
  if (found.state === "ready") return found;
  throw new UserError("NOT_INSTALLED", {
    what: `${model.name} cannot run here: ${found.why}`,
    next: found.install,
  });
}

/** Builds beside the entry and renames: whoever sees the entry sees a whole build, however many heddles run. */
async function build(
  model: Model,
  runtime: string,
  entry: string,
  signal: AbortSignal,
  onBuild: BuildOptions["onBuild"],
): Promise<string> {
  const staging = await stagingFolder(entry);
  try {
    onBuild?.(model);
    for (const command of model.file.build ?? []) {
      const argv = fillIn(command, { runtime, dir: model.dir, out: staging });
      await run(model, argv, { runtime, out: staging }, signal);
    }
    signal.throwIfAborted();
    await rename(staging, entry).catch((error: unknown) => {
      if (!existsSync(entry)) throw cannotWrite(entry, error); // else another heddle built the same: use that
    });
    return entry;
  } finally {
    await rm(staging, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

async function run(
  model: Model,
  argv: readonly string[],
  places: { runtime: string; out: string },
  signal: AbortSignal,
): Promise<void> {
  const { out } = places;
  const program = (await resolveProgram(argv[0] ?? "", model.dir, process.env)) ?? argv[0] ?? "";
  const ended = await compile([program, ...argv.slice(1)], {
    cwd: model.dir,
    env: environment(model, places),
    signal,
  });
  if (ended.code === 0) return;
  if (DISK_FULL.test(ended.output))
    throw cannotWrite(out, Object.assign(new Error(ended.output), { code: "ENOSPC" }));
  const last = ended.output.trimEnd().split("\n").slice(-LAST_LINES);
  throw new UserError("BAD_MODEL", {
    what: `${model.name} does not build`,
    got: [
      ended.code === null ? `killed by ${ended.signal}` : `exit code ${ended.code}`,
      ...last.map((line) => `  | ${line.slice(0, 300)}`),
    ].join("\n"),
    expected: "exit code 0",
    next: `cd ${model.dir} && ${argv.join(" ").slice(0, 500)}`,
  });
}

/** One compiler on every machine: no download of another Go, no C compiler, nothing written into the sources. */
function environment(model: Model, { runtime, out }: { runtime: string; out: string }): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // cargo calls rustc by name: it must be the one beside the cargo that was found
    PATH: `${dirname(runtime)}${delimiter}${process.env["PATH"] ?? ""}`,
    CGO_ENABLED: "0",
    GOTOOLCHAIN: "local",
    CARGO_TARGET_DIR: `${out}/target`,
    ...(model.foreign ? {} : { GOWORK: "off" }), // ours are no part of a workspace that our folder lies in
  };
}
