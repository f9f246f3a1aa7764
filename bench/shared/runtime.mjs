/**
 * Which build of the runtime is measured: the workspace's, or the one whose `src` folder `--ours` names, to compare two
 * builds of one day. The choice travels in the environment, because worker threads inherit that and nothing else.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const VARIABLE = "HEDDLE_BENCH_RUNTIME";

export function chooseRuntime(folder) {
  process.env[VARIABLE] = pathToFileURL(`${resolve(folder)}/`).href;
}

/** The URL of a file of the chosen build, or the package's own name for it. */
export function runtimeUrl(file, packageName) {
  const chosen = process.env[VARIABLE];
  return chosen === undefined ? packageName : new URL(file, chosen).href;
}

export function loadRuntime() {
  return import(runtimeUrl("index.js", "@heddle/runtime"));
}

/** Null when the runtime has a pool to measure, otherwise why it has none. */
export async function whyNoPool() {
  try {
    const runtime = await loadRuntime();
    return typeof runtime.pool === "function" ? null : "@heddle/runtime does not export `pool` yet";
  } catch (error) {
    return `@heddle/runtime cannot be loaded (npm run build makes it): ${error.message}`;
  }
}
