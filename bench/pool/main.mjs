/**
 * The pool of @heddle/runtime beside its peers, in one run, where it wins and where it loses.
 *
 *   npm run build && node bench/pool/main.mjs [row...] [--quick] [--runs N] [--peers a,b] [--json]
 *
 * Exit codes: 0 measured (targets met or not), 1 a row of ours failed (no answer or a wrong one), 2 the call was wrong.
 */

import { describeMachine, warningOf } from "../shared/machine.mjs";
import { number } from "../shared/number.mjs";
import { chooseRuntime, whyNoPool } from "../shared/runtime.mjs";
import { OURS, quickSettings } from "./peers.mjs";
import { help, readArgs, UsageError } from "./run/args.mjs";
import { calibrate } from "./run/calibrate.mjs";
import { endChildrenOnSignals } from "./run/children.mjs";
import { measureGroup } from "./run/group.mjs";
import { groupsOf } from "./run/groups.mjs";
import { tableOf } from "./show/table.mjs";
import { judgeRow } from "./stat/judge.mjs";

try {
  const args = readArgs(process.argv.slice(2));
  if (args.help) console.log(help);
  else await main(args);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\nnode bench/pool/main.mjs --help tells what can be asked.`);
  process.exitCode = 2;
}

async function main(args) {
  endChildrenOnSignals();
  const start = performance.now();
  if (args.ours !== undefined) chooseRuntime(args.ours);
  const machine = await describeMachine();
  const missing = await whyNoPool();
  const roundsPerUs = calibrate();
  introduce(machine, missing);

  const isOver = () => performance.now() - start > args.budgetS * 1_000;
  const groups = await groupsOf(args.rows);
  const judged = [];
  const measurements = [];
  for (const [index, group] of groups.entries()) {
    const names = namesFor(group, args, missing !== null);
    const samples = await measureGroup(group, {
      ...args,
      names,
      roundsPerUs,
      isOver,
      tell: (name, run, sample) => tell(`${index + 1}/${groups.length}`, group, name, run, sample),
    });
    const rows = group.rows.map((row) => judgeRow(row, samples));
    judged.push(...rows);
    measurements.push({ rows: rows.map((row) => row.name), samples: Object.fromEntries(samples) });
  }

  if (isOver())
    console.error(
      `warning: the ${args.budgetS} s of --budget ran out: the last rows have fewer runs or none`,
    );
  const seconds = (performance.now() - start) / 1_000;
  if (args.json) {
    const { seed, runs, quick } = args;
    const result = {
      schema: "heddle.bench-pool/1",
      machine,
      seed,
      runs,
      quick,
      roundsPerUs,
      seconds,
      missing,
    };
    console.log(JSON.stringify({ ...result, rows: judged, measurements }));
  } else {
    console.log(tableOf(judged));
    console.log(`\n${judged.length} rows in ${seconds.toFixed(0)} s; ratios are ours over theirs.`);
  }
  if (judged.some((row) => row.failed !== null)) process.exitCode = 1;
}

function namesFor(group, { peers, quick }, withoutOurs) {
  const [row] = group.rows;
  const names = peers === null ? row.peers : peers.filter((name) => row.peers.includes(name));
  return names
    .filter((name) => !(withoutOurs && name === OURS))
    .filter((name) => !quick || peers !== null || row.together || quickSettings.includes(name));
}

function introduce(machine, missing) {
  console.error(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryMb} MB, ${machine.system}, Node ${machine.node}; ` +
      `load ${machine.load1.toFixed(2)}, ${Math.round(machine.busyShare * 100)} % busy at the start`,
  );
  const warning = warningOf(machine);
  if (warning !== null) console.error(`warning: ${warning}`);
  if (missing !== null) console.error(`warning: ${missing}; the peers are measured without it`);
}

function tell(progress, group, name, run, sample) {
  const [row] = group.rows;
  const result = sample.failed?.split("\n")[0] ?? sample.cannot ?? `${number(row.read(sample))} ${row.unit}`;
  console.error(`[${progress}] ${row.name} run ${run + 1} ${name}: ${result}`);
}
