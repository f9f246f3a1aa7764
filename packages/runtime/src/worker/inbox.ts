import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { CallMessage } from "../wire/message.js";

/**
 * Arguments that came by message. The host posts a message before it hands over the cell, so it is there when it is asked for.
 * Messages of tasks that were taken back before they started are dropped on the way.
 */
export function receiveCall(port: MessagePort, entry: number): readonly unknown[] {
  for (;;) {
    const received: { message: CallMessage } | undefined = receiveMessageOnPort(port);
    if (received === undefined) throw new Error("this is a bug in Heddle: a task came without its arguments");
    if (received.message.entry === entry) return received.message.args;
  }
}
