import { fileURLToPath } from "node:url";
import { startHelper } from "./child.js";
import { fromDownstream } from "./protocol.js";

const SERVER = fileURLToPath(new URL("./downstream-main.js", import.meta.url));

export interface Downstream extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
}

/**
 * Starts the delay server, in a process of its own, on a free port of the loopback interface: a client sends `10\n` and
 * gets `ok\n` after 10 ms. It ends when disposed of, and with this process however that ends.
 * @throws Error when it does not start, which is our bug.
 */
export async function startDownstream(): Promise<Downstream> {
  const helper = await startHelper([process.execPath, SERVER]);
  for await (const line of helper.lines) {
    const { port } = fromDownstream.parse(JSON.parse(line));
    return {
      host: "127.0.0.1",
      port,
      pid: helper.pid,
      [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
    };
  }
  await helper[Symbol.asyncDispose]();
  throw new Error(`the delay server did not start: ${helper.stderr().trim() || "no message"}`);
}
