import { ThreadWorker } from "poolifier";
import { echo, timedWork, tiny, work } from "../task/tasks.mjs";

const worker = new ThreadWorker({ tiny, work, timedWork, echo });

// biome-ignore lint/style/noDefaultExport: poolifier asks for it.
export default worker;
