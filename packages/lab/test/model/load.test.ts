import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../../src/error.js";
import { modelJsonSchema } from "../../src/model/jsonSchema.js";
import { loadModelFile, loadModels, loadModelsFrom } from "../../src/model/load.js";
import { folder, plain, write } from "./_folder.js";

async function complaint(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => assert.fail("nothing was wrong"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof UserError, String(error));
  assert.equal(error.code, "BAD_MODEL");
  return error.message;
}

test("our own models load, sorted by name, with their variants as models of their own", async () => {
  const models = await loadModels();
  const names = models.map((model) => model.name);
  assert.deepEqual(names, [...names].sort());
  for (const name of ["go-worker-pool", "go-worker-pool-100", "node-event-loop", "rust-tokio"]) {
    assert.ok(names.includes(name), name);
  }
  assert.equal(models.find((model) => model.name === "go-worker-pool-100")?.pool, 100);
  assert.ok(models.every((model) => !model.foreign));
});

test("a model of the user's own is foreign, and its variants differ in name and pool alone", async (t) => {
  const dir = await folder(t);
  const path = await write(dir, {
    start: ["sh"],
    pool: 4,
    heavy: true,
    variants: [{ name: "mine-8", pool: 8 }],
  });
  const [model, variant, ...others] = await loadModelFile(path);
  assert.ok(model && variant && others.length === 0);
  assert.deepEqual([model.name, model.pool, model.foreign, model.heavy], ["mine", 4, true, true]);
  assert.deepEqual(variant, { ...model, name: "mine-8", pool: 8, summary: "a model of a test; pool of 8" });
  assert.deepEqual(await loadModelFile(dir), [model, variant], "its folder names it too");
});

test("two models of one name are an error that names both files", async (t) => {
  const dir = await folder(t);
  await write(join(dir, "a"), { start: ["sh"] });
  await write(join(dir, "b"), { start: ["sh"] });
  const text = await complaint(loadModelsFrom(dir));
  assert.match(
    text,
    /has a name that is taken\n {2}got: {6}"mine"\n {2}expected: another name than that of .*model\.json/,
  );
});

const wrong: [string, unknown, string][] = [
  [
    "a field that is missing",
    { ...plain, language: undefined },
    'has a bad field "language"\n  got:      nothing\n  expected: string',
  ],
  [
    "a field of the wrong type",
    { ...plain, start: "node main.js" },
    'has a bad field "start"\n  got:      "node main.js"\n  expected: array',
  ],
  [
    "a workload that does not exist",
    { ...plain, workloads: ["wait", "sing"] },
    'has a bad field "workloads.1"\n  got:      "sing"\n  expected: one of "wait", "hash", "serve"',
  ],
  [
    "a name that would not fit a table",
    { ...plain, name: "My Model" },
    'has a bad field "name"\n  got:      "My Model"\n  expected: lower-case letters, digits and dashes, at most 64',
  ],
  [
    "a version that is a range",
    { ...plain, atLeast: ">=21" },
    'has a bad field "atLeast"\n  got:      ">=21"\n  expected: a version like "21" or "3.13"',
  ],
  [
    "an unknown field",
    { ...plain, comand: ["x"] },
    'has an unknown field\n  got:      "comand"\n  expected: only $schema, name, language, atLeast, summary, workloads, build, sources, start, pool, variants, heavy',
  ],
  [
    "an unknown field of a variant",
    { ...plain, variants: [{ name: "a", pool: 1, size: 2 }] },
    'has an unknown field in "variants.0"\n  got:      "size"\n  expected: only name, pool, workloads',
  ],
  [
    "an unknown placeholder",
    { ...plain, start: ["{runtime}", "{output}/x"] },
    'has a bad field "start.1"\n  got:      "{output}/x"\n  expected: only {runtime}, {tool:NAME}, {dir} and {out} in braces',
  ],
  [
    "{out} that nothing fills",
    plain,
    'has a bad field "start.0"\n  got:      "{out}/program"\n  expected: no {out} without "build": nothing would be in it',
  ],
  ["JSON that is no object", [1], "is not a model\n  got:      [1]\n  expected: a JSON object"],
];

for (const [what, content, expected] of wrong) {
  test(`model.json with ${what} is refused by name`, async (t) => {
    const path = join(await folder(t), "model.json");
    await writeFile(path, JSON.stringify(content));
    const text = await complaint(loadModelFile(path));
    assert.equal(text, `${path} ${expected}\n  try:      see docs/models.md`);
  });
}

test("a file that is no JSON is refused with the parser's reason", async (t) => {
  const path = join(await folder(t), "model.json");
  await writeFile(path, "name: mine");
  const text = await complaint(loadModelFile(path));
  assert.match(
    text,
    /model\.json is not JSON\n {2}got: .*JSON.*\n {2}expected: a JSON object\n {2}try: {6}see docs/,
  );
});

test("a file that does not exist is refused", async (t) => {
  const path = join(await folder(t), "none.json");
  assert.equal(
    await complaint(loadModelFile(path)),
    `${path} cannot be read\n  got:      ENOENT\n  expected: the path of a model.json\n  try:      see docs/models.md`,
  );
});

test("braces of JSON in an argument are no placeholders", async (t) => {
  const path = await write(await folder(t), { start: ["sh", '{"a":{"b":1}}'] });
  assert.equal((await loadModelFile(path)).length, 1);
});

test("the published schema asks for the fields that have no default", () => {
  const schema = modelJsonSchema();
  assert.deepEqual(schema["required"], ["name", "language", "summary", "workloads", "start"]);
  assert.equal(schema["additionalProperties"], false);
});
