// What `npm start` and `npm test` share: a machine with nothing but Node becomes one with a built Heddle.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MODULES = join(ROOT, "node_modules");
const PAGE = join(ROOT, "packages", "report");

/** Says what is needed and leaves, before anything newer than this Node is loaded. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Heddle needs Node 20.19 or newer.
  got:      Node ${process.versions.node} (${process.execPath})
  try:      https://nodejs.org/, or: npx --yes node@24 ${process.argv.slice(1).join(" ")}`);
  process.exit(2);
}

/** Runs a program in the repository with our terminal, and gives its exit code (128 + n after a signal). */
export function run(command, args, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", ...options });
    child.on("error", failed);
    child.on("exit", (code, signal) => done(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

/** `run` that ends us with the same exit code when the program fails. */
export async function must(what, command, args, options) {
  const code = await run(command, args, options);
  if (code === 0) return;
  console.error(`${what} failed (exit code ${code}): ${[command, ...args].join(" ")}`);
  process.exit(code);
}

/** npm itself, the one that started us if one did: its name differs between systems. */
export function npm(args) {
  const script = process.env["npm_execpath"];
  if (script?.endsWith(".js")) return [process.execPath, [script, ...args]];
  return [process.platform === "win32" ? "npm.cmd" : "npm", args];
}

/** `npm ci` unless what is installed, by npm or by us, is what the lock file says. */
export async function ensureDependencies() {
  if (installed()) return;
  console.error("heddle: installing packages (npm ci)");
  const [command, args] = npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  await must("npm ci", command, args);
}

/** npm keeps a record of what it installed in the form of the lock file; packages for other systems are optional there. */
function installed() {
  const record = join(MODULES, ".package-lock.json");
  if (!existsSync(record)) return false;
  const have = packagesIn(record);
  return Object.entries(packagesIn(join(ROOT, "package-lock.json"))).every(
    ([path, entry]) =>
      !path.includes("node_modules/") ||
      entry.optional === true ||
      (have[path]?.version === entry.version && existsSync(join(ROOT, path))),
  );
}

function packagesIn(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

/**
 * Compiles what changed. The compiler decides by content what that is, so it always runs: it takes about a second.
 * The page's bundler keeps no such record; ours is a hash of what goes into it.
 */
export async function ensureBuilt() {
  const stale = pruneOrphans();
  const tsc = join(MODULES, "typescript", "bin", "tsc");
  // The incremental record does not notice outputs that somebody deleted.
  const force = stale || someOutputIsMissing() ? ["--force"] : [];
  await must("the build", process.execPath, [tsc, "-b", ...force]);
  await ensurePage();
}

async function ensurePage() {
  const marker = join(PAGE, "dist", "page", ".heddle-hash");
  const inputs = [
    ...files(join(PAGE, "src")),
    ...files(join(PAGE, "scripts")),
    join(ROOT, "package-lock.json"),
  ];
  const wanted = hashOf(inputs);
  const built = existsSync(join(PAGE, "dist", "page", "page.js"));
  if (built && existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  await must("bundling the report's page", process.execPath, [join(PAGE, "scripts", "page.mjs")]);
  writeFileSync(marker, wanted);
}

/** The names of the workspaces under packages/. */
export function packages() {
  return readdirSync(join(ROOT, "packages")).filter((name) =>
    existsSync(join(ROOT, "packages", name, "tsconfig.json")),
  );
}

/** Every folder that is compiled into its `dist`, with the parts of it that are: src/x.ts becomes dist/src/x.js. */
export function compiledHomes() {
  const claims = join(ROOT, "claims");
  const ids = readdirSync(claims, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["dist", "node_modules"].includes(entry.name))
    .map((entry) => entry.name);
  return [
    ...packages().map((name) => ({ home: join(ROOT, "packages", name), parts: ["src", "test"] })),
    { home: claims, parts: ids },
  ];
}

/** All files under a folder, sorted; an absent folder has none. */
export function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Deletes compiled files whose source is gone: a test that was removed must not run for ever. */
function pruneOrphans() {
  let found = false;
  for (const { out, source } of compiled()) {
    if (existsSync(source) || existsSync(source.replace(/\.ts$/, ".tsx"))) continue;
    for (const end of [".js", ".js.map", ".d.ts", ".d.ts.map"])
      rmSync(out.replace(/\.js$/, end), { force: true });
    found = true;
  }
  return found;
}

function* compiled() {
  for (const { home } of compiledHomes()) {
    for (const out of files(join(home, "dist"))) {
      if (!out.endsWith(".js") || out.startsWith(join(PAGE, "dist", "page"))) continue;
      yield { out, source: join(home, relative(join(home, "dist"), out)).replace(/\.js$/, ".ts") };
    }
  }
}

function someOutputIsMissing() {
  return compiledHomes().some(({ home, parts }) => {
    if (!existsSync(join(home, "dist", ".tsbuildinfo"))) return false;
    return parts.some((part) =>
      files(join(home, part)).some(
        (source) =>
          source.endsWith(".ts") &&
          !source.endsWith(".d.ts") &&
          !source.includes(`${sep}page${sep}`) &&
          !existsSync(join(home, "dist", relative(home, source)).replace(/\.ts$/, ".js")),
      ),
    );
  });
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    hash.update(relative(ROOT, path)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}
