import { Piscina } from "piscina";
import { markCopies } from "../task/tasks.mjs";

export * from "../task/tasks.mjs";

export function echoMoved(bytes) {
  return Piscina.move(markCopies(bytes));
}
