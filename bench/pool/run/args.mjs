import { parseArgs } from "node:util";
import { OURS, peers } from "../peers.mjs";
import { rowNames } from "../rows.mjs";

export const help = `node bench/pool/main.mjs [row...] [options]

The pool of @heddle/runtime beside its peers, on two threads, each measurement in a process of its own.

  row...          rows or beginnings of their names; all of them if none is given
  --runs N        interleaved runs per row (default 5; rows without a target take at most 3)
  --quick         short windows, fewer peers, 2 runs: an order of magnitude in about two minutes
  --peers a,b     only these peers or families (ours is always in)
  --ours DIR      measure the build of the runtime in DIR (its compiled src folder) instead of the workspace's
  --seed N        orders and arrivals (default 1)
  --budget S      stop starting measurements after S seconds (default 600, quick 120)
  --json          the results as JSON on stdout, for machines
  --help

rows:  ${wrap(rowNames)}
peers: ${wrap(peers.map((peer) => peer.name))}

examples:
  node bench/pool/main.mjs --quick
  node bench/pool/main.mjs tiny single --runs 9
  node bench/pool/main.mjs http-light --peers piscina,piscina-nice --json > http.json
`;

export class UsageError extends Error {}

/** What the command line asks for. Throws UsageError, which says what was wrong and what to type. */
export function readArgs(argv) {
  const { values, positionals } = parse(argv);
  const quick = values.quick === true;
  return {
    help: values.help === true,
    json: values.json === true,
    quick,
    ours: values.ours,
    runs: count("--runs", values.runs ?? (quick ? "2" : "5")),
    seed: count("--seed", values.seed ?? "1"),
    budgetS: count("--budget", values.budget ?? (quick ? "120" : "600")),
    rows: positionals.length === 0 ? rowNames : rowNames.filter((row) => isAsked(row, positionals)),
    peers: values.peers === undefined ? null : chosenPeers(values.peers.split(",")),
  };
}

function parse(argv) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        help: { type: "boolean" },
        json: { type: "boolean" },
        quick: { type: "boolean" },
        ours: { type: "string" },
        runs: { type: "string" },
        seed: { type: "string" },
        budget: { type: "string" },
        peers: { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError(error.message);
  }
}

function isAsked(row, asked) {
  const unknown = asked.find((name) => !rowNames.some((each) => each.startsWith(name)));
  if (unknown !== undefined) throw new UsageError(`no row begins with "${unknown}": ${rowNames.join(", ")}`);
  return asked.some((name) => row.startsWith(name));
}

function chosenPeers(asked) {
  const unknown = asked.find((name) => !peers.some((peer) => peer.name === name || peer.family === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `--peers got "${unknown}", expected some of ${peers.map((peer) => peer.name).join(", ")}`,
    );
  }
  const chosen = peers.filter((peer) => asked.includes(peer.name) || asked.includes(peer.family));
  return [OURS, ...chosen.map((peer) => peer.name).filter((name) => name !== OURS)];
}

function count(option, text) {
  const value = Number(text);
  if (!(Number.isSafeInteger(value) && value > 0)) {
    throw new UsageError(`${option} got "${text}", expected a whole number from 1 up`);
  }
  return value;
}

function wrap(names) {
  const lines = [""];
  for (const name of names) {
    if (lines.at(-1).length + name.length > 90) lines.push("");
    lines.push(`${lines.pop()}${name} `);
  }
  return lines.map((line) => line.trimEnd()).join("\n       ");
}
