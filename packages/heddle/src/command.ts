import { readFileSync } from "node:fs";
import { Command } from "commander";
import { claimsCommands } from "./option/claims.js";
import { compareCommand } from "./option/compare.js";
import { examples } from "./option/examples.js";

/** Set by the verb that ran. */
export interface Outcome {
  code: number;
}

/**
 * The command line of heddle. Verbs are imported when they are called: `--help` must not load the lab.
 * Nothing here exits or prints errors; both are thrown to `main`.
 */
export function command(outcome: Outcome): Command {
  const root = new Command("heddle")
    .description("Measure concurrency models on your own machine, then pick one.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    // What follows a verb belongs to the verb, also where `claims` and `claims run` have options of one name.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .addHelpText(
      "after",
      examples([
        ["heddle compare --quick", "every model this machine can run, in a few minutes"],
        ["heddle claims --quick", "which well-known claims hold here, in a minute"],
        ["heddle models", "what those are, and how to install the others"],
        ["heddle compare --help", "all options of a verb"],
      ]),
    );

  const compare = compareCommand(root.command("compare"));
  compare.action(async (file: string | undefined) => {
    const { runCompare } = await import("./verb/compare.js");
    outcome.code = await runCompare(file, compare.opts());
  });

  const claims = claimsCommands(root.command("claims"));
  claims.all.action(async () => {
    const { runClaimsVerb } = await import("./verb/claims/run.js");
    outcome.code = await runClaimsVerb(null, claims.all.opts());
  });
  claims.run.action(async (ids: string[]) => {
    const { runClaimsVerb } = await import("./verb/claims/run.js");
    outcome.code = await runClaimsVerb(ids, claims.run.opts());
  });
  claims.show.action(async (ids: string[]) => {
    const { showClaims } = await import("./verb/claims/show.js");
    outcome.code = await showClaims(ids, claims.show.opts());
  });
  claims.list.action(async () => {
    const { listClaims } = await import("./verb/claims/list.js");
    outcome.code = await listClaims(claims.list.opts());
  });

  const models = root
    .command("models")
    .description("List the concurrency models, with the runtime found or how to install it.")
    .option("--json", "print JSON alone on stdout")
    .addHelpText(
      "after",
      examples([
        ["heddle models", "a table"],
        ["heddle models --json", "for programs"],
        ["heddle compare --models node-event-loop,go-goroutines", "measure two of them"],
      ]),
    );
  models.action(async () => {
    const { runModels } = await import("./verb/models.js");
    outcome.code = await runModels(models.opts());
  });

  const report = root
    .command("report")
    .description("Draw the page of a result again.")
    .argument("<result.json>", "what heddle compare or heddle claims wrote")
    .option("--html <file>", "where to write the page (default: beside the result)")
    .option("--json", "print the checked result as JSON alone on stdout")
    .addHelpText(
      "after",
      examples([
        ["heddle report heddle-results/compare.json", "writes heddle-results/compare.html"],
        ["heddle report old.json --html old.html", "somewhere else"],
      ]),
    );
  report.action(async (file: string) => {
    const { runReport } = await import("./verb/report.js");
    outcome.code = await runReport(file, report.opts());
  });

  const audit = root
    .command("audit")
    .description("Hold a published table against the laws of queueing: which rows cannot be true?")
    .argument(
      "<table.json>",
      "rows of connections, waitMs, throughputPerS, latencyMs, cpuMsPerRequest, cores",
    )
    .option("--json", "print JSON alone on stdout")
    .option("--strict", "exit with 1 when a row is impossible")
    .addHelpText(
      "after",
      examples([
        ["heddle audit table.json", "a verdict per row"],
        ["heddle audit table.json --strict --json", "in a script"],
      ]),
    );
  audit.action(async (file: string) => {
    const { runAudit } = await import("./verb/audit.js");
    outcome.code = await runAudit(file, audit.opts());
  });
  return root;
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? String(Reflect.get(value, "version")) : "unknown";
}
