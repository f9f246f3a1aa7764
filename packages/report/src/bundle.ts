import { readFileSync } from "node:fs";

/** Which page: that of a comparison, or that of claims. */
export type PageName = "page" | "claims";

/** The browser side of a page, as `npm run build` bundled it. */
export interface PageBundle {
  readonly script: string;
  readonly style: string;
}

const cached = new Map<PageName, PageBundle>();

/** Read once per process. Throws with the command to type when the bundle was never built. */
export function pageBundle(name: PageName): PageBundle {
  const bundle = cached.get(name) ?? { script: part(`${name}.js`), style: part(`${name}.css`) };
  cached.set(name, bundle);
  return bundle;
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
