import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const INDEX = new URL("../../src/index.js", import.meta.url).href;

/** A claim for tests: plain JavaScript for its folder. */
export interface FakeClaim {
  /** Fields of the definition as source text; what is not given has a harmless default. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Programs by file name. */
  readonly programs?: Readonly<Record<string, string>>;
}

const DEFAULTS = {
  topic: '"words"',
  claim: '"It is so."',
  source: '"A text"',
  experiment: '"We look."',
  rule: '"More than 1 is confirmed."',
  practice: '"Look yourself."',
  seconds: "{ full: 0.1, quick: 0.1 }",
  measure: "async () => ({ x: 2 })",
  decide: '({ x }) => (x > 1 ? c.confirmed : c.refuted)("x is " + x, c.effect("x", x))',
};

/** A folder of claims, built as the real one is, that goes when the tests of this file have run. */
export function fakeHome(claims: Readonly<Record<string, FakeClaim>>): string {
  const home = mkdtempSync(join(tmpdir(), "heddle-claims-"));
  after(() => rmSync(home, { recursive: true, force: true }));
  for (const [id, { fields = {}, programs = {} }] of Object.entries(claims)) {
    mkdirSync(join(home, "dist", id), { recursive: true });
    mkdirSync(join(home, id));
    const all = {
      ...DEFAULTS,
      id: JSON.stringify(id),
      programs: JSON.stringify(Object.keys(programs)),
      ...fields,
    };
    const body = Object.entries(all).map(([name, text]) => `  ${name}: ${text},`);
    writeFileSync(
      join(home, "dist", id, "claim.js"),
      `import * as c from ${JSON.stringify(INDEX)};\nexport const claim = c.defineClaim({\n${body.join("\n")}\n});\n`,
    );
    for (const [file, text] of Object.entries(programs)) writeFileSync(join(home, id, file), text);
  }
  writeFileSync(join(home, "package.json"), '{ "type": "module" }');
  return home;
}
