import { Worker } from "node:worker_threads";

const script = new URL("../worker/raw.mjs", import.meta.url);

/** Bare workers taken in turn. A task that throws is never answered: the tasks here do not. */
export function open({ threads }) {
  const pending = new Map();
  const workers = Array.from({ length: threads }, () => new Worker(script));
  for (const worker of workers) {
    worker.on("message", ({ id, value }) => {
      const resolve = pending.get(id);
      pending.delete(id);
      resolve(value);
    });
  }
  let last = 0;

  function send(name, argument, moved) {
    const id = ++last;
    workers[id % threads].postMessage({ id, name, argument }, moved);
    return new Promise((resolve) => pending.set(id, resolve));
  }

  return {
    run: (name, argument) => send(name, argument),
    move: (bytes) => send("echoMoved", bytes, [bytes.buffer]),
    close: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
