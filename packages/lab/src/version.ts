import { readFileSync } from "node:fs";

/** Version of Heddle, from the package's own manifest. */
export const VERSION: string = readVersion();

function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const manifest: unknown = JSON.parse(text);
  const version: unknown = manifest instanceof Object ? Reflect.get(manifest, "version") : undefined;
  if (typeof version !== "string")
    throw new Error("this is a bug in Heddle: packages/lab/package.json has no version");
  return version;
}
