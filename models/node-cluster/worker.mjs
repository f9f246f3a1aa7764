import process from "node:process";
import { eventLoop } from "../shared/node/event-loop.mjs";
import { workloadArgument } from "../shared/node/program.mjs";

/**
 * One event loop that says `{ done: ready }` and then obeys the primary. `{ go }` is answered with `{ armed }`
 * once all is prepared; the burst begins with `{ origin }`. It and `{ stop }` are answered with `{ done }`.
 * It ends when the primary does, since node:cluster ends a disconnected worker.
 */
export async function runWorker() {
  const model = await eventLoop(workloadArgument());
  let began;
  const begin = () => {
    process.send({ armed: true });
    return new Promise((resolve) => {
      began = resolve;
    });
  };
  process.on("message", async ({ go, origin, stop }) => {
    if (origin !== undefined) began(origin);
    else if (go !== undefined) process.send({ done: (await model.go(go, begin)) ?? {} });
    else if (stop) process.send({ done: await model.stop() });
  });
  process.send({ done: model.ready ?? {} });
}
