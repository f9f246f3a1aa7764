import workerpool from "workerpool";
import * as tasks from "../task/tasks.mjs";

workerpool.worker({
  ...tasks,
  echoMoved(bytes) {
    return new workerpool.Transfer(tasks.markCopies(bytes), [bytes.buffer]);
  },
});
