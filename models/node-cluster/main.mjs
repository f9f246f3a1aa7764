import cluster from "node:cluster";
import { runPrimary } from "./primary.mjs";
import { runWorker } from "./worker.mjs";

if (cluster.isPrimary) await runPrimary();
else await runWorker();
