import * as config from "../group/config.js";
import { watchWaits } from "./graph.js";

/*
 * The public doors to reports. They name the wait-for graph, for a bundler drops a file that nothing names: so a bundle of a program
 * that wants reports has the graph in it (4 KB), and one that never asks does without. Unbundled it is always there.
 */

/** Sets what is given for the whole process. A wrong value throws BadOptionError. */
export function configure(configuration: config.Configuration): void {
  watchWaits();
  config.configure(configuration);
}

/** Hears every report; with a listener, none goes to `process.emitWarning`. Returns what ends listening. */
export function onReport(listener: config.ReportListener): () => void {
  watchWaits();
  return config.onReport(listener);
}
