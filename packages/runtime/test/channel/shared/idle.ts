import { Worker } from "node:worker_threads";
import { sharedChannel } from "../../../src/channel/shared/shared-channel.js";

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
} else {
  const worker = new Worker(new URL("./late.js", import.meta.url), { workerData: sender });
  worker.unref();
  const { value } = await receiver.receive();
  process.stdout.write(`got ${value}`);
}
