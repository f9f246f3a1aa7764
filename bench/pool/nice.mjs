/**
 * Which `nice` of the workers keeps the event loop's tail best without starving the pool:
 *
 *   node bench/pool/nice.mjs [--rounds 5] [--ms 4000] [--nice 0,1,5,10,19] [--ours packages/runtime/dist/src]
 *
 * Light HTTP requests beside 20 ms hashes that keep two cores 70 % busy. Each measurement has a process of its own; the
 * values take turns, in a new order each round, so that a change of the machine hits all of them alike. Needs two cores
 * that nobody else uses.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { quantile } from "../shared/quantile.mjs";
import { random } from "../shared/random.mjs";
import { chooseRuntime, loadRuntime } from "../shared/runtime.mjs";
import { measure } from "./measure/http.mjs";
import { calibrate } from "./run/calibrate.mjs";

const LOAD = { utilization: 0.7, heavyUs: 20_000, lightPerS: 400 };
const COLUMNS = ["lightP50Ms", "lightP99Ms", "heavyP50Ms", "heavyP99Ms"];
const LONGEST_MS = 60_000;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    ms: { type: "string", default: "4000" },
    nice: { type: "string", default: "0,1,5,10,19" },
    ours: { type: "string" },
    one: { type: "string" },
  },
});
if (values.ours !== undefined) chooseRuntime(values.ours);
if (values.one === undefined) await compare();
else await measureOne(JSON.parse(values.one));

/** In a child: one server, one value. */
async function measureOne({ nice, ...knobs }) {
  const { pool } = await loadRuntime();
  const cpu = pool(new URL("./worker/heddle.mjs", import.meta.url), { threads: 2, nice });
  const run = (name, argument) => cpu.run(name, [argument]);
  console.log(JSON.stringify(await measure({ run }, LOAD, knobs)));
  process.exit(0);
}

async function compare() {
  const nices = values.nice.split(",").map(Number);
  const samples = new Map(nices.map((nice) => [nice, []]));
  const roundsPerUs = calibrate();
  for (let round = 1; round <= Number(values.rounds); round++) {
    const chance = random(round);
    const order = nices.map((nice) => ({ nice, at: chance() })).sort((a, b) => a.at - b.at);
    for (const { nice } of order) {
      const one = { nice, seed: round, roundsPerUs, arrivalsMs: Number(values.ms) };
      samples.get(nice).push(await runChild(one));
    }
  }
  console.log(`median of ${values.rounds} rounds (lowest to highest), ms`);
  console.log(["nice", ...COLUMNS].map((column) => column.padStart(26)).join(""));
  for (const [nice, found] of samples) {
    const cells = COLUMNS.map((column) => cell(found.map((sample) => sample[column])));
    console.log([String(nice), ...cells].map((text) => text.padStart(26)).join(""));
  }
}

function cell(numbers) {
  const [middle, lowest, highest] = [quantile(numbers, 0.5), Math.min(...numbers), Math.max(...numbers)];
  return `${middle.toFixed(2)} (${lowest.toFixed(2)}-${highest.toFixed(2)})`;
}

async function runChild(one) {
  const args = [fileURLToPath(import.meta.url), "--one", JSON.stringify(one)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: LONGEST_MS });
  return JSON.parse(stdout);
}
