/** Flags with a value that say how modules are found and loaded. */
const LOADING = new Set([
  "--import",
  "--require",
  "-r",
  "--loader",
  "--experimental-loader",
  "--conditions",
  "-C",
]);
const LOADING_ALONE = /^--(experimental-|no-experimental-|enable-source-maps|no-warnings|preserve-symlinks)/;

/**
 * Node's flags for a worker, or undefined to let it inherit all: flags that are given are checked, and V8's, which count for the whole
 * process anyway, would be refused. Under `--input-type`, which is about the text of `--eval` and with which a worker that is a file
 * refuses to start, only what says how modules are loaded is passed on.
 */
export function threadFlags(all: readonly string[]): string[] | undefined {
  if (!all.some((flag) => flag.startsWith("--input-type"))) return undefined;
  const kept: string[] = [];
  for (const [at, flag] of all.entries()) {
    const [name = ""] = flag.split("=", 1);
    if (name !== flag ? LOADING.has(name) : LOADING_ALONE.test(flag) && !LOADING.has(flag)) kept.push(flag);
    else if (LOADING.has(flag)) kept.push(flag, ...all.slice(at + 1, at + 2));
  }
  return kept;
}
