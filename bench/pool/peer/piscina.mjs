import { fileURLToPath } from "node:url";
import { FixedQueue, Piscina } from "piscina";

const filename = fileURLToPath(new URL("../worker/piscina.mjs", import.meta.url));

/** `queue: "fixed"` is the ring that piscina offers beside its default array. */
export function open({ queue, ...settings }) {
  const taskQueue = queue === "fixed" ? { taskQueue: new FixedQueue() } : {};
  const pool = new Piscina({ filename, minThreads: 2, maxThreads: 2, ...taskQueue, ...settings });
  return {
    run: (name, argument) => pool.run(argument, { name }),
    move: (bytes) => pool.run(bytes, { name: "echoMoved", transferList: [bytes.buffer] }),
    close: () => pool.destroy(),
  };
}
