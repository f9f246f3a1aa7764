import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { findClaims, selectClaims } from "@heddle/claims";
import { audit, modelSchema, planOf, workloadsIn } from "@heddle/lab";
import type { Command } from "commander";
import { command } from "../src/command.js";
import type { CompareOptions } from "../src/option/compare.js";
import { outputsOf } from "../src/option/outputs.js";
import { requestOf } from "../src/option/request.js";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "examples/README.md",
  ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`),
].filter((page) => page.endsWith(".md") && existsSync(join(ROOT, page)));

interface Fence {
  readonly language: string;
  readonly text: string;
}

function fences(page: string): Fence[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```/gm)].map(([, language = "", body = ""]) => ({
    language,
    text: body,
  }));
}

/** The command lines of ours in a page, as words; `#` begins a comment, quotes are the shell's. */
function commandLines(page: string): string[][] {
  return fences(page)
    .filter(({ language }) => language === "" || language === "sh")
    .flatMap(({ text }) => text.replaceAll("\\\n", " ").split("\n"))
    .map((line) => line.replace(/^\s*(\$ )?(npx )?/, "").replace(/\s+#.*$/, ""))
    .filter((line) => line.startsWith("heddle "))
    .map((line) =>
      [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, bare]) => double ?? single ?? bare ?? "",
      ),
    );
}

/** Parses a line as the program would; `heddle compare` also plans, up to where measuring would begin. */
async function dryRun(words: readonly string[]): Promise<void> {
  const root = command({ code: 0 });
  for (const verb of withSubcommands(root)) {
    verb.action(() => {
      if (verb.name() === "compare") return plan(verb);
      return verb.parent?.name() === "claims" ? claimsExist(verb.args) : undefined;
    });
  }
  await root.parseAsync([...words.slice(1)], { from: "user" });
}

function withSubcommands(root: Command): Command[] {
  return root.commands.flatMap((verb) => [verb, ...withSubcommands(verb)]);
}

async function claimsExist(ids: readonly string[]): Promise<void> {
  selectClaims(await findClaims(), ids);
}

async function plan(verb: Command): Promise<void> {
  const raw: CompareOptions = verb.opts();
  const [file] = verb.args;
  const request = await requestOf(undefined, raw);
  const workloads = workloadsIn({ kind: "wait" }, "an example");
  const whole = file === undefined ? request : { ...request, file: { path: file, workloads } };
  outputsOf(raw, planOf(whole).outDir ?? ".", "compare");
}

for (const page of PAGES) {
  for (const words of commandLines(page)) {
    test(`${page}: ${words.join(" ")}`, () => dryRun(words));
  }
}

test("the pages of the verbs have command lines to check", () => {
  for (const page of ["docs/compare.md", "docs/report.md", "docs/audit.md", "examples/README.md"]) {
    assert.ok(commandLines(page).length > 0, page);
  }
});

test("a wrong command line in a page would be found", async () => {
  await assert.rejects(dryRun(["heddle", "compare", "--io", "fast"]), { code: "BAD_OPTION" });
  await assert.rejects(dryRun(["heddle", "compare", "--workloud", "wait"]));
  await assert.rejects(dryRun(["heddle", "claims", "show", "threads-memry"]), { code: "BAD_OPTION" });
});

for (const page of PAGES) {
  for (const [index, { text }] of fences(page)
    .filter(({ language }) => language === "json")
    .entries()) {
    test(`${page}: JSON snippet ${index + 1} is valid`, () => check(JSON.parse(text), page));
  }
}

function check(value: unknown, page: string): void {
  if (Array.isArray(value)) audit(value);
  else if (typeof value === "object" && value !== null && "start" in value) modelSchema.parse(value);
  else workloadsIn(value, page);
}

test("every link between pages leads to a file", () => {
  const broken = PAGES.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), "utf8");
    return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !existsSync(join(ROOT, page, "..", target)))
      .map((target) => `${page} -> ${target}`);
  });
  assert.deepEqual(broken, []);
});
