import type { Command } from "commander";
import { examples } from "./examples.js";
import type { OutputOptions } from "./outputs.js";

/** What commander hands over: text as typed. */
export interface ClaimsOptions extends OutputOptions {
  readonly quick?: boolean;
  readonly runs?: string;
  readonly seed?: string;
  readonly strict?: boolean;
  readonly out?: string;
  readonly md?: string;
}

/** The three things that can be asked about claims; each is a command of its own. */
export interface ClaimsCommands {
  readonly all: Command;
  readonly run: Command;
  readonly show: Command;
  readonly list: Command;
}

/** Declares `heddle claims` and what it is followed by. */
export function claimsCommands(all: Command): ClaimsCommands {
  // Without this, options after `run` would be taken for those of `claims` itself.
  measuring(all.enablePositionalOptions())
    .description("Decide well-known claims about concurrency by experiment, on this machine.")
    .addHelpText(
      "after",
      examples([
        ["heddle claims --quick", "all that can be decided in a minute"],
        ["heddle claims", "the same within five minutes, three runs each"],
        ["heddle claims list", "the claims and their ids"],
        ["heddle claims run threads-memory --runs 10", "one claim, as often as you like"],
        ["heddle claims show threads-memory", "its words, experiment, code and numbers"],
        ["heddle claims --strict --json", "in a script: exit code 1 when a claim is refuted"],
      ]),
    );
  const run = measuring(
    all.command("run").argument("<id...>", "ids of claims, as heddle claims list prints them"),
  )
    .description("Decide these claims; takes the time that they need.")
    .addHelpText(
      "after",
      examples([
        ["heddle claims run threads-memory goroutine-2kb", "two of them"],
        ["heddle claims run threads-memory --runs 10", "as often as you like"],
      ]),
    );
  const show = all
    .command("show")
    .description("Print a claim: its source, experiment, rule and code, and what the last run here measured.")
    .argument("<id...>", "ids of claims, as heddle claims list prints them")
    .option("--out <dir>", "where the last result lies (default: heddle-results)")
    .option("--json", "print JSON alone on stdout")
    .addHelpText(
      "after",
      examples([["heddle claims show threads-memory", "with its programs and its rule"]]),
    );
  const list = all
    .command("list")
    .description("List the claims: id, words, and the verdict of the last run here.")
    .option("--out <dir>", "where the last result lies (default: heddle-results)")
    .option("--json", "print JSON alone on stdout")
    .addHelpText("after", examples([["heddle claims list", "a table"]]));
  return { all, run, show, list };
}

function measuring(command: Command): Command {
  return command
    .optionsGroup("How:")
    .option("--quick", "smaller experiments, once each: about a minute for all")
    .option("--runs <n>", "runs of each claim (default: 3, with --quick 1)")
    .option("--seed <n>", "seed of the order and of the experiments")
    .optionsGroup("What comes out:")
    .option("--strict", "exit with 1 when a claim is refuted")
    .option("--out <dir>", "where claims.json and claims.html go (default: heddle-results)")
    .option("--json [file]", "JSON alone on stdout, or also into a file")
    .option("--html <file>", "where the page goes (default: claims.html in --out)")
    .option("--no-html", "write no page")
    .option("--md <file>", "write it as an article in Markdown, too");
}
