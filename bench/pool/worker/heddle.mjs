import { runtimeUrl } from "../../shared/runtime.mjs";
import { markCopies } from "../task/tasks.mjs";

const { transfer } = await import(runtimeUrl("worker/index.js", "@heddle/runtime/worker"));

export * from "../task/tasks.mjs";

export function echoMoved(bytes) {
  return transfer(markCopies(bytes), [bytes.buffer]);
}
