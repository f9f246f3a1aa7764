import { parentPort, workerData } from "node:worker_threads";
import { derive } from "./task.mjs";

parentPort.postMessage(derive(workerData));
