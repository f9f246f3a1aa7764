import { echo, timedWork, tiny, work } from "../task/tasks.mjs";

const tasks = { tiny, work, timedWork, echo };

/** No thread at all: what a call costs where nothing has to cross over. A yardstick, never "the best peer". */
export function open() {
  return {
    run: async (name, argument) => tasks[name](argument),
    move: null,
    close: async () => {},
  };
}
