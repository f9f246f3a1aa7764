import { isAbsolute, join, resolve } from "node:path";
import { isProgram, programs } from "./find.js";
import { installHint } from "./install.js";
import type { Availability, Model } from "./schema.js";
import { type Runtime, searches } from "./search.js";
import { compareVersions } from "./version.js";

export { oldRuntime } from "./version.js";

const titles: Readonly<Record<string, string>> = {
  node: "Node.js",
  python: "Python 3.9 or newer",
  "python-free-threaded": "free-threaded Python",
  go: "Go",
  rust: "Rust with cargo",
  java: "a JDK with javac",
  c: "a C compiler",
  bun: "Bun",
  deno: "Deno",
};

/** Asking a runtime for its version costs up to 100 ms; one language is asked once per environment. */
const found = new Map<string, Promise<Runtime | null>>();

/**
 * Whether this machine can run the model, and with which runtime. Starts the runtime once to see that it works;
 * never throws for a missing or broken one. At most 10 s per candidate.
 */
export async function availability(
  model: Model,
  options: { env?: NodeJS.ProcessEnv } = {},
): Promise<Availability> {
  const env = options.env ?? process.env;
  const search = searches[model.language];
  if (search === undefined) return ownProgram(model, env);

  const { language } = model;
  const { atLeast } = model.file;
  const title = titles[language] ?? language;
  const key = JSON.stringify([language, env["PATH"], env["HOME"], env["JAVA_HOME"], env["CARGO_HOME"]]);
  const asked = found.get(key) ?? search(env);
  found.set(key, asked);
  const runtime = await asked;
  if (runtime === null) {
    return { state: "not-installed", why: `${title} was not found`, install: installHint(language, atLeast) };
  }
  if (atLeast !== undefined && compareVersions(runtime.version, atLeast) < 0) {
    return {
      state: "not-installed",
      why: `needs version ${atLeast}, found ${runtime.version}`,
      install: installHint(language, atLeast),
    };
  }
  return { state: "ready", runtime: runtime.path, version: runtime.version };
}

/** A language the lab does not know: its commands must exist, and that is all there is to check. */
async function ownProgram(model: Model, env: NodeJS.ProcessEnv): Promise<Availability> {
  const commands = [...(model.file.build ?? []), model.file.start];
  let runtime = "";
  for (const [word] of commands) {
    if (word === undefined || word.includes("{out}")) continue; // made by the build
    const path = await resolveProgram(word.replaceAll("{dir}", model.dir), model.dir, env);
    if (path === null) {
      const install = installHint(model.language, undefined);
      return { state: "not-installed", why: `the program ${word} was not found`, install };
    }
    runtime = path;
  }
  return { state: "ready", runtime, version: "" };
}

/** A path is relative to `dir`; a bare name is looked up on PATH, then in `dir`. Null when it is no program. */
export async function resolveProgram(
  word: string,
  dir: string,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  if (isAbsolute(word) || word.includes("/")) {
    const path = resolve(dir, word);
    return (await isProgram(path)) ? path : null;
  }
  const [onPath] = await programs([word], env);
  if (onPath !== undefined) return onPath;
  const beside = join(dir, word);
  return (await isProgram(beside)) ? beside : null;
}
