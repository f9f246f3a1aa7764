/**
 * Groups, channels and locks of @heddle/runtime beside their peers, in one run, where they win and where they lose.
 *
 *   npm run build && node bench/structured/main.mjs [row...] [--runs N] [--ours DIR] [--json]
 *
 * Exit codes: 0 measured (targets met or not), 1 a row of ours failed, 2 the call was wrong.
 */
import { parseArgs } from "node:util";
import { describeMachine, warningOf } from "../shared/machine.mjs";
import { number } from "../shared/number.mjs";
import { random, shuffle } from "../shared/random.mjs";
import { chooseRuntime } from "../shared/runtime.mjs";
import { goBinary } from "./go.mjs";
import { judge } from "./judge.mjs";
import { measure } from "./measure.mjs";
import { loadRow, rowNames } from "./rows.mjs";

const HELP = `node bench/structured/main.mjs [row...] [options]

  row...      rows or beginnings of their names; all if none is given
  --runs N    interleaved runs of each side, each in a process of its own (default 5)
  --ours DIR  measure the build of the runtime in DIR (its compiled src folder)
  --json      the results as JSON on stdout
  --help

rows: ${rowNames.join(" ")}

examples:
  node bench/structured/main.mjs
  node bench/structured/main.mjs channel --runs 9`;

let asked;
try {
  asked = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: "string", default: "5" },
      ours: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
} catch (error) {
  console.error(`${error.message}\n  try: node bench/structured/main.mjs --help`);
  process.exit(2);
}
const { values, positionals } = asked;
const rows = rowNames.filter(
  (row) => positionals.length === 0 || positionals.some((part) => row.startsWith(part)),
);
const runs = Number(values.runs);
if (values.help) {
  console.log(HELP);
} else if (rows.length === 0 || !Number.isInteger(runs) || runs < 1) {
  console.error(
    `no such row, or --runs is not a whole number from 1 up\n  try: node bench/structured/main.mjs --help`,
  );
  process.exitCode = 2;
} else {
  await main();
}

async function main() {
  if (values.ours !== undefined) chooseRuntime(values.ours);
  const machine = await describeMachine();
  console.error(
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.load1.toFixed(2)}`,
  );
  const warning = warningOf(machine);
  if (warning !== null) console.error(`warning: ${warning}`);
  const go = await goBinary();
  if (go === undefined) console.error("warning: Go is not installed; its columns are empty");
  const chance = random(1);
  const judged = [];
  for (const name of rows) {
    const row = await loadRow(name);
    const sides = Object.keys(row.sides).filter((side) => side !== "go" || go !== undefined);
    const samples = Object.fromEntries(sides.map((side) => [side, []]));
    for (let run = 0; run < (row.runs ?? runs); run++) {
      for (const side of shuffle(sides, chance)) {
        const value = await measure(name, side, go);
        samples[side].push(value);
        console.error(
          `${name} run ${run + 1} ${side}: ${typeof value === "number" ? number(value) : value.failed} ${row.unit}`,
        );
      }
    }
    judged.push(...judge(row, samples));
  }
  if (values.json)
    console.log(JSON.stringify({ schema: "heddle.bench-structured/1", machine, runs, rows: judged }));
  else for (const each of judged) console.log(each.text);
  if (judged.some((each) => each.failed)) process.exitCode = 1;
}
