import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { CallMessage } from "../wire/message.js";

/** So long (ms) a thread that is being ended waits for its end. */
const END_MS = 5_000;

/**
 * Arguments that came by message. The host posts a message before it hands over the cell, so it is there when it is asked for.
 * Messages of tasks that were taken back before they started are dropped on the way.
 */
export function receiveCall(
  port: MessagePort,
  entry: number,
  receive: typeof receiveMessageOnPort = receiveMessageOnPort,
): readonly unknown[] {
  for (;;) {
    const received: { message: CallMessage | undefined } | undefined = receive(port);
    if (received === undefined) throw new Error("this is a bug in Heddle: a task came without its arguments");
    if (received.message === undefined) awaitEnd();
    else if (received.message.entry === entry) return received.message.args;
  }
}

/**
 * Node has been told to end this thread and gives out no more messages, though code still runs for a moment. The task must not be
 * reported as failed: the host says that its worker died.
 */
function awaitEnd(): void {
  const word = new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(word, 0, 0, END_MS);
  throw new Error("this is a bug in Heddle: a message without content came to a thread that goes on");
}
