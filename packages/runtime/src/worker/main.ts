/** The program of a worker thread. */
import { type MessagePort, workerData } from "node:worker_threads";
import { Arena } from "../wire/arena.js";
import { provideContext } from "../wire/context.js";
import { packError } from "../wire/error.js";
import { type Shared, views } from "../wire/layout.js";
import type { Start } from "../wire/message.js";
import { Loop } from "./loop.js";
import { setNice } from "./nice.js";
import { Outbox } from "./outbox.js";
import { Running } from "./running.js";
import { Tasks } from "./tasks.js";
import { Vitals } from "./vitals.js";

/** What the module left behind (a timer, a socket) gets so long (ms) to end; it would keep the thread, and its slot, for good. */
const LINGER_MS = 1_000;

function leave(port: MessagePort): void {
  port.unref();
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

async function main(start: Start): Promise<void> {
  const shared: Shared = views(start.buffer, start.threads);
  const { port, index } = start;
  const arena = new Arena(start.arena);
  setNice(start.nice);
  const outbox = new Outbox(shared, arena, index, port);
  const running = new Running(shared, outbox);
  provideContext(() => running.context());
  // The port has no listener: it is read when a cell says that something is in it. Referenced, it keeps this thread alive.
  port.ref();
  let tasks: Tasks;
  try {
    tasks = new Tasks(shared, (await import(start.module)) as Record<string, unknown>);
  } catch (error) {
    outbox.tell({ type: "load-failed", error: packError(error) });
    port.unref();
    return;
  }
  outbox.tell({ type: "ready", names: tasks.names });
  const vitals = new Vitals(shared, index, start);
  const onStop = () => {
    outbox.tell({ type: "stopped" });
    leave(port);
  };
  new Loop(shared, arena, index, port, outbox, tasks, running, vitals, onStop).start();
}

await main(workerData as Start);
