import { readdir, readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ask, isProgram, programs } from "./find.js";
import { compareVersions } from "./version.js";

/** A runtime that was started and told its version. */
export interface Runtime {
  readonly path: string;
  readonly version: string;
}

type Search = (env: NodeJS.ProcessEnv) => Promise<Runtime | null>;

/** How each language's runtime is found. The first that really runs wins; for Java the newest. */
export const searches: Readonly<Record<string, Search>> = {
  node: async () => ({ path: process.execPath, version: process.versions.node }),
  python: async (env) => firstPython(await programs(["python3", "python"], env), env, () => true),
  "python-free-threaded": async (env) =>
    firstPython(await freeThreadedPlaces(env), env, (answer) => answer.freeThreaded),
  go: (env) =>
    firstOf(["go"], env, ["/usr/local/go/bin", "/opt/homebrew/bin"], ["version"], /\bgo(\d+(?:\.\d+)*)/),
  rust: async (env) => {
    const home = env["CARGO_HOME"] ?? join(env["HOME"] ?? "/nowhere", ".cargo");
    const found = await programs(["cargo"], env, [join(home, "bin")]);
    for (const cargo of [...found, ...(await toolchains(found))]) {
      const rustc = join(dirname(cargo), "rustc");
      const [answer, compiler] = await Promise.all([
        ask(cargo, ["--version"], env),
        ask(rustc, ["--version"], env),
      ]);
      const version = /^rustc (\d+(?:\.\d+)*)/m.exec(compiler ?? "")?.[1];
      if (answer !== null && version !== undefined) return { path: cargo, version };
    }
    return null;
  },
  java: newestJdk,
  c: (env) => firstOf(["cc", "gcc", "clang"], env, [], ["--version"], /\b(\d+(?:\.\d+)+)/),
  bun: (env) => firstOf(["bun"], env, [inHome(env, ".bun/bin")], ["--version"], /^(\d+(?:\.\d+)*)/m),
  deno: (env) => firstOf(["deno"], env, [inHome(env, ".deno/bin")], ["--version"], /^deno (\d+(?:\.\d+)*)/m),
};

/**
 * What rustup's `cargo` stands for. It finds its toolchains through HOME, and so nothing where HOME is another
 * (a service, a fresh CI user): then they are where they always are, beside the folder of that `cargo`.
 */
async function toolchains(cargos: readonly string[]): Promise<string[]> {
  const all: string[] = [];
  for (const cargo of cargos) {
    const folder = join(dirname(cargo), "..", "..", ".rustup", "toolchains");
    const names = await readdir(folder).catch(() => []);
    const stable = names.sort((a, b) => Number(b.startsWith("stable")) - Number(a.startsWith("stable")));
    all.push(...stable.map((name) => join(folder, name, "bin", "cargo")));
  }
  return all;
}

async function firstOf(
  names: readonly string[],
  env: NodeJS.ProcessEnv,
  more: readonly string[],
  args: readonly string[],
  pattern: RegExp,
): Promise<Runtime | null> {
  for (const path of await programs(names, env, more)) {
    const version = pattern.exec((await ask(path, args, env)) ?? "")?.[1];
    if (version !== undefined) return { path, version };
  }
  return null;
}

/**
 * Every CPython that pyenv, uv or the system has, free-threaded ones too, oldest first: one for each version. Some
 * claims are about what changed between them.
 */
export function allPythons(env: NodeJS.ProcessEnv): Promise<readonly Python[]> {
  const key = JSON.stringify([env["PATH"], env["HOME"], env["PYENV_ROOT"], env["UV_PYTHON_INSTALL_DIR"]]);
  const asked = pythons.get(key) ?? searchPythons(env);
  pythons.set(key, asked);
  return asked;
}

export type Python = Runtime & { readonly freeThreaded: boolean };

/** Starting each of ten Pythons takes a second in all: done once per environment. */
const pythons = new Map<string, Promise<readonly Python[]>>();

async function searchPythons(env: NodeJS.ProcessEnv): Promise<readonly Python[]> {
  const stores = pythonStores(env);
  const installed = (await Promise.all(stores.map(folder))).flatMap((entries, at) =>
    entries.map((entry) => join(stores[at] ?? "/", entry, "bin", "python")),
  );
  const minors = Array.from({ length: 10 }, (_, at) => `python3.${at + 6}`);
  const named = await programs(["python2.7", ...minors, ...minors.map((name) => `${name}t`)], env);
  const found = new Map<string, Python>();
  for (const path of [...installed, ...named]) {
    const answer = (await ask(path, ["-c", WHO_ARE_YOU], env))?.split("\n") ?? [];
    const [version, executable, gilDisabled] = answer;
    if (version === undefined || executable === undefined || !/^\d+\.\d+/.test(version)) continue;
    const freeThreaded = gilDisabled === "1";
    const key = `${version.split(".").slice(0, 2).join(".")}${freeThreaded ? "t" : ""}`;
    if (!found.has(key)) found.set(key, { path: executable, version, freeThreaded });
  }
  return [...found.values()].sort((a, b) => compareVersions(a.version, b.version));
}

function pythonStores(env: NodeJS.ProcessEnv): string[] {
  return [
    join(env["PYENV_ROOT"] ?? inHome(env, ".pyenv"), "versions"),
    env["UV_PYTHON_INSTALL_DIR"] ?? join(env["XDG_DATA_HOME"] ?? inHome(env, ".local/share"), "uv/python"),
  ];
}

interface PythonAnswer {
  readonly freeThreaded: boolean;
}

/** Shims (pyenv, uv) stand for another program: `sys.executable` is the one that will really run. */
const WHO_ARE_YOU =
  'import sys,sysconfig as s;print("\\n".join([".".join(map(str,sys.version_info[:3])),sys.executable,' +
  'str(s.get_config_var("Py_GIL_DISABLED") or 0)]))';

async function firstPython(
  paths: readonly string[],
  env: NodeJS.ProcessEnv,
  wanted: (answer: PythonAnswer) => boolean,
): Promise<Runtime | null> {
  for (const path of paths) {
    const answer = (await ask(path, ["-c", WHO_ARE_YOU], env))?.split("\n") ?? [];
    const [version, executable, gilDisabled] = answer;
    if (version === undefined || executable === undefined || !(await isProgram(executable))) continue;
    if (compareVersions(version, "3.9") < 0 || !wanted({ freeThreaded: gilDisabled === "1" })) continue;
    return { path: executable, version };
  }
  return null;
}

/** Free-threaded builds on PATH, then where pyenv and uv put them, newest first. */
async function freeThreadedPlaces(env: NodeJS.ProcessEnv): Promise<string[]> {
  const names = ["python3.15t", "python3.14t", "python3.13t", "python3t"];
  const installed: string[] = [];
  for (const store of pythonStores(env)) {
    const entries = await folder(store);
    for (const entry of entries.filter((name) => /\dt$|freethreaded/.test(name)).reverse()) {
      installed.push(join(store, entry, "bin", "python3"));
    }
  }
  return [...(await programs(names, env)), ...installed];
}

/** Needs `javac` beside `java`: the models are compiled here. */
async function newestJdk(env: NodeJS.ProcessEnv): Promise<Runtime | null> {
  const homes = new Set<string>();
  if (env["JAVA_HOME"]) homes.add(env["JAVA_HOME"]);
  for (const java of await programs(["javac", "java"], env)) {
    homes.add(dirname(dirname(await realpath(java).catch(() => java))));
  }
  for (const entry of await folder("/usr/lib/jvm")) homes.add(join("/usr/lib/jvm", entry));
  const mac = "/Library/Java/JavaVirtualMachines";
  for (const entry of await folder(mac)) homes.add(join(mac, entry, "Contents/Home"));

  const kits = new Map<string, string>();
  for (const home of homes) {
    const java = await realpath(join(home, "bin", "java")).catch(() => null);
    if (java === null || !(await isProgram(join(dirname(java), "javac")))) continue;
    const release = await readFile(join(dirname(dirname(java)), "release"), "utf8").catch(() => "");
    kits.set(java, /^JAVA_VERSION="(?:1\.)?([\d.]+)/m.exec(release)?.[1] ?? "0");
  }
  const newestFirst = [...kits].sort((a, b) => compareVersions(b[1], a[1])).slice(0, 16);
  for (const [path] of newestFirst) {
    const version = /version "(?:1\.)?([\d.]+)/.exec((await ask(path, ["-version"], env)) ?? "")?.[1];
    if (version !== undefined) return { path, version };
  }
  return null;
}

async function folder(path: string): Promise<string[]> {
  return (await readdir(path).catch(() => [])).sort().slice(0, 256);
}

function inHome(env: NodeJS.ProcessEnv, path: string): string {
  return join(env["HOME"] ?? "/nowhere", path);
}
