import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";

export interface Look {
  readonly width: number;
  readonly dark?: boolean;
}

/** Opens a page, does something with it, and fails on anything the page complained about or asked for. */
export async function visit(
  browser: Browser,
  address: string,
  look: Look,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 800 },
    colorScheme: look.dark === true ? "dark" : "light",
    reducedMotion: "reduce",
  });
  // Generous: a busy machine draws late, and what is tested is that it draws.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const [file] = request.url().split("#");
    if (file !== address.split("#")[0] && !request.url().startsWith("blob:"))
      complaints.push(`request: ${request.url()}`);
  });
  try {
    await page.goto(address);
    await use(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}
