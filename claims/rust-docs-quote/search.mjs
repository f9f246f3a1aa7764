// Searches the sources of tokio that cargo keeps: they hold its whole documentation, for docs.rs is made from them.
// Text is compared as prose: comment marks and backticks are dropped, white space is one space, case does not count.
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, relative } from "node:path";

const { quote, heading } = JSON.parse(process.argv.at(-1));
const registry = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry", "src");

const names = (dir) => {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
};

const crates = names(registry).flatMap((index) =>
  names(join(registry, index.name))
    .filter(({ name }) => /^tokio-\d/.test(name))
    .map(({ name }) => ({ name, dir: join(registry, index.name, name) })),
);

function* texts(dir) {
  for (const entry of names(dir)) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* texts(path);
    else if (/\.(rs|md)$/.test(entry.name)) yield path;
  }
}

const prose = (text) =>
  text
    .replace(/^\s*\/\/[/!]?/gm, " ")
    .replace(/[`*_]/g, "")
    .replace(/\bI\/O\b/gi, "io")
    .replace(/[-\s]+/g, " ")
    .toLowerCase();
const count = (text, wanted) => text.split(wanted).length - 1;

const wanted = prose(quote).trim();
const found = { files: 0, quoted: 0, headings: 0, cpuBound: 0, ioBound: 0, spawnBlocking: 0 };
const cpuBoundIn = [];
for (const { dir } of crates) {
  for (const path of texts(dir)) {
    const text = prose(readFileSync(path, "utf8"));
    found.files++;
    found.quoted += count(text, wanted);
    found.headings += count(text, prose(heading).trim());
    found.ioBound += count(text, "io bound");
    found.spawnBlocking += count(text, prose("spawn_blocking").trim());
    const cpuBound = count(text, "cpu bound");
    found.cpuBound += cpuBound;
    const inCrate = relative(dir, path);
    if (cpuBound > 0 && inCrate.startsWith("src")) cpuBoundIn.push(inCrate);
  }
}
const versions = crates.map(({ name }) => name.slice("tokio-".length)).join(", ");
console.log(
  JSON.stringify({
    result: {
      ...found,
      crates: crates.length,
      versions,
      cpuBoundIn: [...new Set(cpuBoundIn)].sort().join(", "),
    },
  }),
);
