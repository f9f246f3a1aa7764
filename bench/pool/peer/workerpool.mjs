import { fileURLToPath } from "node:url";
import workerpool from "workerpool";

const script = fileURLToPath(new URL("../worker/workerpool.mjs", import.meta.url));

export function open() {
  const pool = workerpool.pool(script, { minWorkers: 2, maxWorkers: 2, workerType: "thread" });
  return {
    run: (name, argument) => pool.exec(name, [argument]),
    move: (bytes) => pool.exec("echoMoved", [bytes], { transfer: [bytes.buffer] }),
    close: () => pool.terminate(),
  };
}
