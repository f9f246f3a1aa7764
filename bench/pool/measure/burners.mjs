import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../burner.mjs", import.meta.url));

/** One busy process per core, until the function returned is called or this process ends. */
export function startBurners() {
  const burners = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, [script, String(process.pid)], { stdio: "ignore" }),
  );
  function stop() {
    for (const burner of burners) burner.kill("SIGKILL");
  }
  process.once("exit", stop);
  return stop;
}
