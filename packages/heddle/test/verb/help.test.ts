import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { BIN, heddle, scratch } from "../support/program.js";

const folder = scratch();

test("heddle --help names the verbs and shows examples", async () => {
  const { code, stdout, stderr } = await heddle(["--help"], folder);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(
    stdout,
    `Usage: heddle [options] [command]

Measure concurrency models on your own machine, then pick one.

Options:
  -V, --version                   print the version
  -h, --help                      show help

Commands:
  compare [options] [work.json]   Measure the same workload under every model
                                  this machine can run, and say which fits.
  claims [options]                Decide well-known claims about concurrency by
                                  experiment, on this machine.
  models [options]                List the concurrency models, with the runtime
                                  found or how to install it.
  report [options] <result.json>  Draw the page of a result again.
  audit [options] <table.json>    Hold a published table against the laws of
                                  queueing: which rows cannot be true?

Examples:
  $ heddle compare --quick  # every model this machine can run, in a few minutes
  $ heddle claims --quick   # which well-known claims hold here, in a minute
  $ heddle models           # what those are, and how to install the others
  $ heddle compare --help   # all options of a verb
`,
  );
});

test("heddle models --help", async () => {
  const { code, stdout } = await heddle(["models", "--help"], folder);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `Usage: heddle models [options]

List the concurrency models, with the runtime found or how to install it.

Options:
  --json      print JSON alone on stdout
  -h, --help  show help

Examples:
  $ heddle models                                          # a table
  $ heddle models --json                                   # for programs
  $ heddle compare --models node-event-loop,go-goroutines  # measure two of them
`,
  );
});

test("heddle report --help", async () => {
  const { code, stdout } = await heddle(["report", "--help"], folder);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `Usage: heddle report [options] <result.json>

Draw the page of a result again.

Arguments:
  result.json    what heddle compare or heddle claims wrote

Options:
  --html <file>  where to write the page (default: beside the result)
  --json         print the checked result as JSON alone on stdout
  -h, --help     show help

Examples:
  $ heddle report heddle-results/compare.json  # writes heddle-results/compare.html
  $ heddle report old.json --html old.html     # somewhere else
`,
  );
});

test("heddle audit --help", async () => {
  const { code, stdout } = await heddle(["audit", "--help"], folder);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `Usage: heddle audit [options] <table.json>

Hold a published table against the laws of queueing: which rows cannot be true?

Arguments:
  table.json  rows of connections, waitMs, throughputPerS, latencyMs,
              cpuMsPerRequest, cores

Options:
  --json      print JSON alone on stdout
  --strict    exit with 1 when a row is impossible
  -h, --help  show help

Examples:
  $ heddle audit table.json                  # a verdict per row
  $ heddle audit table.json --strict --json  # in a script
`,
  );
});

test("heddle compare --help", async () => {
  const { code, stdout } = await heddle(["compare", "--help"], folder);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `Usage: heddle compare [options] [work.json]

Measure the same workload under every model this machine can run, and say which
fits.

Arguments:
  work.json              workloads to measure, instead of workload options

What is measured:
  -w, --workload <kind>  wait, hash or serve; repeatable (default: all)
  --models <a,b>         only these models (default: all that can run here)
  --model <file>         a model.json of your own; repeatable
  --server <command>     a server of your own, measured alone unless --models
                         names others
  --url <url>            where --server answers
  --name <name>          what tables call it (default: server)

The wait and hash workloads:
  --tasks <n>            tasks submitted at once
  --wait <time>          how long each task of wait waits; plain numbers are ms
  --bytes <size>         buffer that hash computes over (default: about 1 ms of
                         work)

The serve workload:
  --connections <n>      keep-alive connections held open
  --rate <n>             requests per second, arriving whether or not earlier
                         ones were answered
  --io <time>            wait per request; plain numbers are ms
  --cpu <time>           computing per request; plain numbers are ms
  --duration <time>      measured window; plain numbers are s
  --warmup <time>        load before the window; plain numbers are s
  --arrivals <kind>      poisson, constant or bursty (default: poisson)
  --downstream           wait for a delay server over a socket, not for a timer
  --sweep <cpu=a,b,...>  repeat for each of these --cpu values and draw the
                         curve

How:
  --quick                small workloads and few runs: minutes, not tens of
                         minutes
  --runs <n>             fresh processes per model and workload
  --seed <n>             seed of arrivals and order
  --p99 <time>           the decision must meet this; plain numbers are ms
  --memory <size>        the decision must stay below this peak; plain numbers
                         are mb
  --placement <how>      shared: all cores; pinned: server and load on a core
                         each (default: shared)

What comes out:
  --out <dir>            where compare.json and compare.html go (default:
                         heddle-results)
  --json [file]          JSON alone on stdout, or also into a file
  --html <file>          where the page goes (default: compare.html in --out)
  --no-html              write no page

Options:
  -h, --help             show help

Examples:
  $ heddle compare --quick                                                             # everything, small
  $ heddle compare --workload serve --io 10ms --cpu 5ms --p99 50ms                     # the cheapest that meets a target
  $ heddle compare -w serve --connections 10000 --rate 2000 --io 10ms                  # many idle connections
  $ heddle compare --sweep cpu=0,5,10,20,40 --models node-event-loop,node-worker-pool  # where one falls off
  $ heddle compare --server "node server.js" --url http://127.0.0.1:3000/              # a server of yours
  $ heddle compare work.json --runs 10                                                 # workloads from a file
`,
  );
});

test("heddle alone shows the help and is a wrong call", async () => {
  const { code, stdout, stderr } = await heddle([], folder);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /^Usage: heddle/);
});

test("--version prints the version alone", async () => {
  const { code, stdout } = await heddle(["--version"], folder);
  assert.equal(code, 0);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});

test("a reader that leaves early is no error", async () => {
  const child = spawn(process.execPath, [BIN, "models", "--json"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.deepEqual([code, stderr], [0, ""]);
});
