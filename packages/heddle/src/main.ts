import { command } from "./command.js";
import { reportFailure } from "./process/failure.js";
import { quietPipes } from "./process/pipes.js";

/**
 * Runs one command line and ends the process with its exit code: 0 done, 1 the answer is bad, 2 the call was wrong,
 * 128 + n on signal n. The only place that sets the exit code.
 */
export async function main(argv: readonly string[]): Promise<void> {
  quietPipes();
  const outcome = { code: 0 };
  const root = command(outcome);
  process.on("uncaughtException", (error) => process.exit(reportFailure(error, process.stderr, root, argv)));
  try {
    await root.parseAsync([...argv], { from: "user" });
  } catch (error) {
    outcome.code = reportFailure(error, process.stderr, root, argv);
  }
  process.exitCode = outcome.code;
}
