export { type TaskContext, task } from "../wire/context.js";
export { transfer } from "../wire/transfer.js";
