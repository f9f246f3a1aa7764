/** node bench/structured/child.mjs <row> <side>: measures one side of one row and prints `{"value": n}`. */
import { loadRuntime } from "../shared/runtime.mjs";
import { loadRow } from "./rows.mjs";

const [rowName, side] = process.argv.slice(2);
const row = await loadRow(rowName);
const value = await row.sides[side](side.startsWith("heddle") ? await loadRuntime() : undefined);
console.log(JSON.stringify({ value }));
process.exit(0);
