import { Worker } from "node:worker_threads";
import { sharedChannel } from "../../../src/channel/shared/shared-channel.js";
import type { Sender } from "../../../src/channel/types.js";

/** Prints when each step is done; the process must end by itself, or live on, as the test says. */
const ch = sharedChannel<number>(1);
const { sender, receiver } = ch;
const how = process.argv[2];

if (how === "idle") {
  await sender.send(1);
  await receiver.receive();
  await receiver.receive({ timeout: 5 }).catch(() => {});
  await sender.send(2);
  await sender.send(3, { signal: AbortSignal.timeout(5) }).catch(() => {});
  process.stdout.write("idle");
} else if (how === "abandoned") {
  await (sender as unknown as Sender<Uint8Array>).send(new Uint8Array(1_000_000));
  ch.close(new Error("the receiver died"));
  process.stdout.write("abandoned");
} else {
  const worker = new Worker(new URL("./late.js", import.meta.url), { workerData: sender });
  worker.unref();
  const { value } = await receiver.receive();
  process.stdout.write(`got ${value}`);
}
