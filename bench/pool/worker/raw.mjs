/** What somebody writes by hand in ten minutes: one message in, one message out. */
import { parentPort } from "node:worker_threads";
import { echo, markCopies, timedWork, tiny, work } from "../task/tasks.mjs";

const tasks = { tiny, work, timedWork, echo };

parentPort.on("message", ({ id, name, argument }) => {
  if (name === "echoMoved") {
    const value = markCopies(argument);
    parentPort.postMessage({ id, value }, [value.buffer]);
  } else {
    parentPort.postMessage({ id, value: tasks[name](argument) });
  }
});
