import { createHash } from "node:crypto";
import type { PageBundle } from "./bundle.js";
import { type Html, html } from "./render/html.js";

export interface Page {
  readonly title: string;
  readonly bundle: PageBundle;
  /** Rules of this very page, after those of the bundle. */
  readonly style: string;
  readonly body: Html;
  /** Embedded as JSON, for the script and for the download. */
  readonly data: unknown;
}

/**
 * One HTML file that opens offline: no address in it is ever loaded, and its content security policy allows exactly
 * the one script and the one style it carries.
 */
export function documentOf({ title, bundle, style: own, body, data }: Page): string {
  const style = `${bundle.style}\n${own}`;
  const policy = [
    "default-src 'none'",
    `script-src ${digest(bundle.script)}`,
    `style-src ${digest(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  // Script and style are ours and go in as they are; their hashes in the policy are over these very bytes.
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${html`<meta http-equiv="Content-Security-Policy" content="${policy}">`}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${html`<title>${title}</title>`}
<style>${style}</style>
</head>
<body>
${body}
<script type="application/json" id="data">${embedded(data)}</script>
<script>${bundle.script}</script>
</body>
</html>
`;
}

/** JSON that cannot end its script element: the same data when parsed. */
function embedded(data: unknown): string {
  return JSON.stringify(data).replace(/</gu, "\\u003c");
}

function digest(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}
