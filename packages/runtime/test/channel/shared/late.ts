import { workerData } from "node:worker_threads";
import { openSender, type SenderHandle } from "../../../src/channel/shared/ends.js";

await new Promise((resolve) => setTimeout(resolve, 100));
await openSender(workerData as SenderHandle<number>).send(42);
