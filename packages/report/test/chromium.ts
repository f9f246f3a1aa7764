import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const program = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/**
 * Why the tests in a browser cannot run here, or false. In CI there is no excuse: a missing browser fails there,
 * since a skipped test is the same to a reader as a passed one.
 */
export const noChromium: string | false =
  existsSync(program) || process.env["CI"] === "true"
    ? false
    : `no Chromium at ${program} (Debian: apt-get install chromium, or set CHROMIUM)`;

export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: program,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
