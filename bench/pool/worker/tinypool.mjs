import Tinypool from "tinypool";
import { markCopies } from "../task/tasks.mjs";

export * from "../task/tasks.mjs";

export function echoMoved(bytes) {
  return Tinypool.move(markCopies(bytes));
}
