import { fileURLToPath } from "node:url";
import { FixedThreadPool } from "poolifier";

const script = fileURLToPath(new URL("../worker/poolifier.mjs", import.meta.url));

/** Its workers have no way to move a result, so it takes no part in the row of moved payloads. */
export function open(settings) {
  const pool = new FixedThreadPool(2, script, settings);
  return {
    run: (name, argument) => pool.execute(argument, name),
    move: null,
    close: () => pool.destroy(),
  };
}
