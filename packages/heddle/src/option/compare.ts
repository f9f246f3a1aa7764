import { type Command, Option } from "commander";
import { examples } from "./examples.js";

/** What commander hands over: text as typed; `requestOf` makes numbers of it. */
export interface CompareOptions {
  readonly workload?: readonly string[];
  readonly models?: string;
  readonly model?: readonly string[];
  readonly server?: string;
  readonly url?: string;
  readonly name?: string;
  readonly tasks?: string;
  readonly wait?: string;
  readonly bytes?: string;
  readonly connections?: string;
  readonly rate?: string;
  readonly io?: string;
  readonly cpu?: string;
  readonly duration?: string;
  readonly warmup?: string;
  readonly arrivals?: string;
  readonly downstream?: boolean;
  readonly sweep?: string;
  readonly runs?: string;
  readonly seed?: string;
  readonly p99?: string;
  readonly memory?: string;
  readonly placement?: string;
  readonly quick?: boolean;
  readonly out?: string;
  readonly json?: string | true;
  readonly html?: string | boolean;
}

const several = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Declares the options of `heddle compare`; no default is filled in here, because "not said" matters to the plan. */
export function compareCommand(command: Command): Command {
  const option = (flags: string, text: string): Option => new Option(flags, text);
  return command
    .description("Measure the same workload under every model this machine can run, and say which fits.")
    .argument("[work.json]", "workloads to measure, instead of workload options")
    .optionsGroup("What is measured:")
    .addOption(
      option("-w, --workload <kind>", "wait, hash or serve; repeatable (default: all)").argParser(several),
    )
    .option("--models <a,b>", "only these models (default: all that can run here)")
    .addOption(option("--model <file>", "a model.json of your own; repeatable").argParser(several))
    .option("--server <command>", "a server of your own, measured alone unless --models names others")
    .option("--url <url>", "where --server answers")
    .option("--name <name>", "what tables call it (default: server)")
    .optionsGroup("The wait and hash workloads:")
    .option("--tasks <n>", "tasks submitted at once")
    .option("--wait <time>", "how long each task of wait waits; plain numbers are ms")
    .option("--bytes <size>", "buffer that hash computes over (default: about 1 ms of work)")
    .optionsGroup("The serve workload:")
    .option("--connections <n>", "keep-alive connections held open")
    .option("--rate <n>", "requests per second, arriving whether or not earlier ones were answered")
    .option("--io <time>", "wait per request; plain numbers are ms")
    .option("--cpu <time>", "computing per request; plain numbers are ms")
    .option("--duration <time>", "measured window; plain numbers are s")
    .option("--warmup <time>", "load before the window; plain numbers are s")
    .option("--arrivals <kind>", "poisson, constant or bursty (default: poisson)")
    .option("--downstream", "wait for a delay server over a socket, not for a timer")
    .option("--sweep <cpu=a,b,...>", "repeat for each of these --cpu values and draw the curve")
    .optionsGroup("How:")
    .option("--quick", "small workloads and few runs: minutes, not tens of minutes")
    .option("--runs <n>", "fresh processes per model and workload")
    .option("--seed <n>", "seed of arrivals and order")
    .option("--p99 <time>", "the decision must meet this; plain numbers are ms")
    .option("--memory <size>", "the decision must stay below this peak; plain numbers are mb")
    .option(
      "--placement <how>",
      "shared: all cores; pinned: server and load on a core each (default: shared)",
    )
    .optionsGroup("What comes out:")
    .option("--out <dir>", "where compare.json and compare.html go (default: heddle-results)")
    .option("--json [file]", "JSON alone on stdout, or also into a file")
    .option("--html <file>", "where the page goes (default: compare.html in --out)")
    .option("--no-html", "write no page")
    .addHelpText(
      "after",
      examples([
        ["heddle compare --quick", "everything, small"],
        [
          "heddle compare --workload serve --io 10ms --cpu 5ms --p99 50ms",
          "the cheapest that meets a target",
        ],
        ["heddle compare -w serve --connections 10000 --rate 2000 --io 10ms", "many idle connections"],
        [
          "heddle compare --sweep cpu=0,5,10,20,40 --models node-event-loop,node-worker-pool",
          "where one falls off",
        ],
        ['heddle compare --server "node server.js" --url http://127.0.0.1:3000/', "a server of yours"],
        ["heddle compare work.json --runs 10", "workloads from a file"],
      ]),
    );
}
