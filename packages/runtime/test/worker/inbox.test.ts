import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { MessageChannel, Worker } from "node:worker_threads";
import { receiveCall } from "../../src/worker/inbox.js";

test("arguments are those of the entry; what was taken back is dropped on the way", () => {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage({ type: "call", entry: 1, args: ["taken back"] });
  port1.postMessage({ type: "call", entry: 2, args: ["wanted"] });
  assert.deepEqual(receiveCall(port2, 2), ["wanted"]);
  assert.throws(() => receiveCall(port2, 3), /came without its arguments/);
  port1.close();
});

test("a thread that Node is ending reports nothing of the task whose arguments it no longer gets", async () => {
  const inbox = new URL("../../src/worker/inbox.js", import.meta.url).href;
  // Node answers so in the moment between being told to end a thread and ending it.
  const worker = new Worker(
    `const { parentPort } = require("node:worker_threads");
    import(${JSON.stringify(inbox)}).then(({ receiveCall }) => {
      parentPort.postMessage("asks");
      receiveCall(undefined, 1, () => ({ message: undefined }));
    }).then(() => parentPort.postMessage("went on"), (error) => parentPort.postMessage(String(error)));`,
    { eval: true },
  );
  const seen: unknown[] = [];
  worker.on("message", (message) => seen.push(message));
  await once(worker, "message");
  await new Promise((done) => setTimeout(done, 100));
  await worker.terminate();
  assert.deepEqual(seen, ["asks"]);
});
