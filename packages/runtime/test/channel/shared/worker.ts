import { parentPort, workerData } from "node:worker_threads";
import {
  openReceiver,
  openSender,
  type ReceiverHandle,
  type SenderHandle,
} from "../../../src/channel/shared/ends.js";

/** What the tests ask of the other thread. The last message is its answer. */
export interface Job {
  readonly do: "count" | "send" | "echo" | "fail" | "wait" | "die" | "slow";
  readonly items?: number;
  readonly out?: SenderHandle<never>;
  readonly from?: ReceiverHandle<unknown>;
}

const job = workerData as Job;
const out = job.out && openSender(job.out as SenderHandle<unknown>);
const from = job.from && openReceiver(job.from);

async function run(): Promise<unknown> {
  switch (job.do) {
    case "count": {
      let sum = 0;
      for await (const item of from ?? []) sum += item as number;
      return sum;
    }
    case "send":
      for (let i = 0; i < (job.items ?? 0); i++) await out?.send(i);
      out?.close();
      return out?.stats().sent;
    case "echo":
      for await (const item of from ?? []) await out?.send(item);
      out?.close();
      return "echoed";
    case "fail":
      await out?.send(1);
      out?.close(new RangeError("out of rows", { cause: new Error("disk") }));
      return "failed";
    case "wait":
      return await from?.receive().then(
        (result) => result,
        (error: Error) => `${error.name}: ${error.message}`,
      );
    case "die":
      await out?.send(1);
      return process.exit(3);
    case "slow": {
      const seen: unknown[] = [];
      for await (const item of from ?? []) {
        seen.push(item);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return seen;
    }
  }
}

parentPort?.postMessage(await run());
