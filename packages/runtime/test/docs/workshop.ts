import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Block, Program } from "./page.js";
import { runNode } from "./run-node.js";

/** The build in which this file lies, whatever its folder is called: what users get of the library is taken from it. */
const BUILD = fileURLToPath(new URL("../../", import.meta.url));
const PACKAGE = join(BUILD, "..");
export const ROOT = join(PACKAGE, "..", "..");

/** What users write -> the file in this build, without its ending. */
const EXPORTS = new Map(
  Object.entries(
    (
      JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as {
        name: string;
        exports: Record<string, { default: string }>;
      }
    ).exports,
  ).map(([path, { default: file }]) => [
    `@heddle/runtime${path.slice(1)}`,
    join(BUILD, file.replace(/^\.\/dist\//, "").replace(/\.js$/, "")),
  ]),
);

/** A folder of our own for programs; it is removed when the process ends. */
export function workshop(): string {
  const folder = mkdtempSync(join(BUILD, "docs-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function homeOf(folder: string, { page, line }: Program): string {
  return join(folder, `${page.replaceAll(/\W/g, "-")}-${line}`);
}

/** Writes a program and its files; each line keeps the number that it has on the page. */
export function write(folder: string, program: Program): void {
  const home = homeOf(folder, program);
  const put = (block: Block, name: string) => {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "\n".repeat(block.line - 1) + block.text);
  };
  for (const block of program.files) put(block, block.file ?? "");
  put(program, "program.ts");
}

/** What the compiler says about all programs that were written, as `page:line:column: error ...`. */
export async function typeErrors(folder: string, programs: readonly Program[]): Promise<readonly string[]> {
  const pages = new Map(
    programs.map((program) => [homeOf(folder, program).slice(folder.length + 1), program.page]),
  );
  const errors = await compilerErrors(folder, ["**/*.ts"]);
  return errors.map((error) =>
    error.replace(/^([\w-]+)\/\S+?\((\d+),(\d+)\)/, (whole, home: string, line: string, column: string) => {
      const page = pages.get(home);
      return page === undefined ? whole : `${page}:${line}:${column}`;
    }),
  );
}

/** What the compiler says about these files in a folder of ours, under the strictest settings and `options`. */
export async function compilerErrors(
  folder: string,
  include: readonly string[],
  options: object = {},
): Promise<readonly string[]> {
  const config = {
    extends: join(ROOT, "tsconfig.base.json"),
    compilerOptions: {
      composite: false,
      incremental: false,
      declaration: false,
      declarationMap: false,
      noEmit: true,
      moduleDetection: "force",
      paths: Object.fromEntries([...EXPORTS].map(([name, file]) => [name, [`${file}.d.ts`]])),
      ...options,
    },
    include,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const { stdout, stderr } = await runNode([tsc, "-p", folder, "--pretty", "false"], folder, 60_000);
  return `${stdout}${stderr}`.split(/\n(?! )/).filter((message) => message !== "");
}

/** Makes JavaScript of a program and its files, which finds the library in this build. Gives the file to run. */
export async function translate(folder: string, program: Program): Promise<string> {
  const home = homeOf(folder, program);
  await translateAll(home, ["program.ts", ...program.files.map(({ file }) => file ?? "")], home);
  return join(home, "program.js");
}

/** Each file by itself: what a file imports stays an import, as it would where nobody bundles. */
export async function translateAll(
  from: string,
  names: readonly string[],
  to: string,
  ending: ".js" | ".mjs" = ".js",
): Promise<void> {
  await build({
    outExtension: { ".js": ending },
    entryPoints: names.map((name) => join(from, name)),
    outdir: to,
    outbase: from,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    sourcemap: "inline",
    logLevel: "silent",
    plugins: [
      {
        name: "the build at hand",
        setup({ onResolve }) {
          onResolve({ filter: /.*/ }, ({ kind, path }) => {
            if (kind === "entry-point") return undefined;
            const file = EXPORTS.get(path);
            return { path: file === undefined ? path : pathToFileURL(`${file}.js`).href, external: true };
          });
        },
      },
    ],
  });
}
