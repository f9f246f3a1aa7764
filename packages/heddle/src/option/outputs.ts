import { join } from "node:path";
import { UserError } from "@heddle/lab";

/** What commander hands over of the options on output. */
export interface OutputOptions {
  readonly json?: string | true;
  readonly html?: string | boolean;
}

/** Where the answer goes. */
export interface Outputs {
  /** JSON alone on stdout, nothing else there. */
  readonly jsonOnly: boolean;
  /** In the out folder: always written. */
  readonly json: string;
  /** The further file that --json named, or null. */
  readonly jsonFile: string | null;
  /** File of the page, or null. */
  readonly html: string | null;
}

/** `--json` alone is for stdout; with a file name the tables stay and the file is written as well. */
export function outputsOf(raw: OutputOptions, outDir: string, name: "compare" | "claims"): Outputs {
  const file = typeof raw.json === "string" && raw.json !== "-" ? raw.json : undefined;
  if (file !== undefined && !file.endsWith(".json")) {
    throw new UserError("BAD_OPTION", {
      what: "--json got something that is not the name of a JSON file",
      got: JSON.stringify(file.slice(0, 200)),
      expected: "--json alone (for stdout), or a name that ends in .json",
      next: "--json result.json",
    });
  }
  const html =
    raw.html === false ? null : typeof raw.html === "string" ? raw.html : join(outDir, `${name}.html`);
  return {
    jsonOnly: raw.json !== undefined && file === undefined,
    json: join(outDir, `${name}.json`),
    jsonFile: file ?? null,
    html,
  };
}
