export { UserError } from "./error.js";
export type { Cell, CompareResult } from "./result/schema.js";
export { COMPARE_SCHEMA, compareResult } from "./result/schema.js";
export type { Workload } from "./workload/schema.js";
export { workloadSchema } from "./workload/schema.js";
