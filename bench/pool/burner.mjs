/**
 * node bench/pool/burner.mjs <pid of the parent>: keeps one core busy. It ends when that parent is no longer its parent
 * (however it died), and after 20 s in any case.
 */
import { work } from "./task/tasks.mjs";

const parent = Number(process.argv[2]);
const end = Date.now() + 20_000;
while (process.ppid === parent && Date.now() < end) work(1_000_000);
