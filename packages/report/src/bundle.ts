import { readFileSync } from "node:fs";

/** The browser side of the report, as `npm run build` bundled it. */
export interface PageBundle {
  readonly script: string;
  readonly style: string;
}

let cached: PageBundle | undefined;

/** Read once per process. Throws with the command to type when the bundle was never built. */
export function pageBundle(): PageBundle {
  cached ??= { script: part("page.js"), style: part("page.css") };
  return cached;
}

function part(name: string): string {
  const file = new URL(`../page/${name}`, import.meta.url);
  try {
    return readFileSync(file, "utf8").replace(/\r\n?/gu, "\n").trim();
  } catch (cause) {
    throw new Error(
      `the page of the report is not built: ${name} is missing beside @heddle/report\n  try:      npm run build`,
      { cause },
    );
  }
}
