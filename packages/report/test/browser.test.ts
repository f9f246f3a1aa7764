import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { renderReport } from "../src/index.js";
import { noChromium, openChromium } from "./chromium.js";
import { fixture } from "./fixture.js";
import { type Look, visit } from "./visit.js";

describe("the report in a browser", { skip: noChromium, timeout: 240_000 }, () => {
  let browser: Browser;
  let folder: string;
  let address: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "heddle-report-"));
    await writeFile(join(folder, "report.html"), renderReport(fixture()));
    address = pathToFileURL(join(folder, "report.html")).href;
    browser = await openChromium();
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const opened = (look: Look, use: (page: Page) => Promise<void>) => visit(browser, address, look, use);

  it("draws every chart as it comes into view, without a word on the console or on the network", async () => {
    await opened({ width: 1280 }, async (page) => {
      // By key: what is drawn meanwhile moves a fold away under the pointer.
      for (const fold of await page.locator("details.point > summary").all()) await fold.press("Enter");
      assert.equal(await page.locator("details.point:not([open])").count(), 0);
      const charts = await page.locator("[data-chart]").all();
      assert.ok(charts.length >= 4 * 4 + 1, `${charts.length} charts`);
      for (const chart of charts) {
        // Charts above that are drawn meanwhile grow, and push this one out of view again: a reader scrolls after it.
        for (let tries = 0; tries < 200 && (await chart.locator("svg path").count()) === 0; tries++) {
          await chart.scrollIntoViewIfNeeded();
          await page.waitForTimeout(100);
        }
        assert.notEqual(await chart.locator("svg path").count(), 0);
      }
    });
  });

  it("takes no text of a program for markup", async () => {
    await opened({ width: 1280 }, async (page) => {
      await page.locator("#w0 [data-chart=curve]").scrollIntoViewIfNeeded();
      await page.locator("#w0 [data-chart=curve] svg path").first().waitFor({ state: "attached" });
      assert.equal(await page.locator("img, b:has-text('lang')").count(), 0);
      assert.ok((await page.getByText("<img src=x onerror=alert(1)>").count()) > 0);
    });
  });

  it("tells every model's latency at the percentile under the pointer", async () => {
    await opened({ width: 1280 }, async (page) => {
      const curve = page.locator("#w0 [data-chart=curve]");
      await curve.scrollIntoViewIfNeeded();
      await curve.locator("svg path").first().waitFor({ state: "attached" });
      await curve.hover({ position: { x: 400, y: 150 } });
      await curve.locator(".tip").waitFor();
      const text = await curve.locator(".tip").innerText();
      assert.match(text, /% were at most this slow/u);
      assert.match(text, /go-goroutines/u);
      assert.match(text, /<img src=x/u);
      assert.match(text, /\d ms/u);
    });
  });

  it("isolates a model, then its language, then shows all again", async () => {
    await opened({ width: 1280 }, async (page) => {
      const figure = page.locator("#w0 figure").first();
      await figure.locator("[data-chart]").scrollIntoViewIfNeeded();
      const labels = () =>
        figure.locator("svg text", { hasText: /^\u2068(go|node|rust|java|python)-/u }).count();
      await figure.locator("svg path").first().waitFor({ state: "attached" });
      const all = await labels();
      await figure.getByRole("button", { name: "go-goroutines" }).click();
      assert.equal(await labels(), 1);
      await figure.getByRole("button", { name: "All" }).click();
      assert.equal(await labels(), all);
      await figure.getByRole("button", { name: "go", exact: true }).click();
      assert.equal(await labels(), 2);
    });
  });

  it("shows the sweep under another figure when asked", async () => {
    await opened({ width: 1280 }, async (page) => {
      const figure = page.locator("#s0 figure").first();
      await figure.locator("[data-chart]").scrollIntoViewIfNeeded();
      await figure.locator("svg path").first().waitFor({ state: "attached" });
      await figure.getByRole("button", { name: "share of the CPU used" }).click();
      assert.ok((await figure.locator("svg text", { hasText: "%" }).count()) > 0);
    });
  });

  it("sorts a table by a heading, rising and then falling, with what was not measured last", async () => {
    await opened({ width: 1280 }, async (page) => {
      const table = page.locator("#w2 table.sortable");
      const head = table.locator("thead tr").nth(1).locator("th").filter({ hasText: "peak" });
      const column = (await table.locator("thead th[aria-sort]").allInnerTexts()).findIndex((text) =>
        /peak/u.test(text),
      );
      const values = (): Promise<string[]> =>
        table
          .locator(`tbody tr > :nth-child(${column + 1})`)
          .evaluateAll((cells) => cells.map((cell) => cell.getAttribute("data-sort") ?? ""));
      await head.getByRole("button").click();
      const rising = await values();
      assert.equal(await head.getAttribute("aria-sort"), "ascending");
      assert.equal(rising.at(-1), "");
      const numbers = rising.slice(0, -1).map(Number);
      assert.deepEqual(
        numbers,
        numbers.toSorted((a, b) => a - b),
      );
      await head.getByRole("button").click();
      assert.equal(await head.getAttribute("aria-sort"), "descending");
      assert.deepEqual(await values(), [...rising.slice(0, -1).toReversed(), ""]);
    });
  });

  it("follows the system's theme and changes it on request, charts included", async () => {
    await opened({ width: 1280, dark: true }, async (page) => {
      const ground = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
      const line = page.locator("#w0 [data-chart=cpu] svg path").nth(2);
      await page.locator("#w0 [data-chart=cpu]").scrollIntoViewIfNeeded();
      const ink = () => page.locator("#w0 [data-chart=cpu] svg text").first().getAttribute("fill");
      await line.waitFor({ state: "attached" });
      const [dark, darkInk] = [await ground(), await ink()];
      await page.getByRole("button", { name: "Light" }).click();
      assert.notEqual(await ground(), dark);
      assert.notEqual(await ink(), darkInk);
      await page.getByRole("button", { name: "Dark" }).click();
      assert.equal(await ground(), dark);
    });
  });

  for (const width of [360, 768, 1920]) {
    it(`fits a screen of ${width} px: tables scroll, the page does not`, async () => {
      await opened({ width }, async (page) => {
        for (const fold of await page.locator("summary").all()) await fold.press("Enter");
        for (const chart of await page.locator("#w0 [data-chart]").all())
          await chart.scrollIntoViewIfNeeded();
        const wide = await page.evaluate<[number, number]>(
          "[document.documentElement.scrollWidth, innerWidth]",
        );
        assert.ok(wide[0] <= wide[1], `${wide[0]} px wide on a screen of ${wide[1]} px`);
      });
    });
  }

  it("gives back the very result it was made from", async () => {
    await opened({ width: 1280 }, async (page) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Raw data", exact: true }).click(),
      ]);
      assert.equal(download.suggestedFilename(), "compare.json");
      const saved = join(folder, "saved.json");
      await download.saveAs(saved);
      assert.deepEqual(JSON.parse(await readFile(saved, "utf8")), fixture());
    });
  });

  it("lists single runs when a workload of the appendix is unfolded", async () => {
    await opened({ width: 1280 }, async (page) => {
      await page.locator("#appendix summary").first().click();
      await page.locator("#appendix details").first().locator("[data-runs] tbody tr").first().waitFor();
      assert.equal(
        await page.locator("#appendix details").first().locator("[data-runs] tbody tr").count(),
        18 * 5,
      );
    });
  });

  it("can be worked by keyboard alone", async () => {
    await opened({ width: 1280 }, async (page) => {
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate("document.activeElement.className"), "skip");
      await page.locator("#w0 table .sort").first().focus();
      await page.keyboard.press("Enter");
      assert.equal(await page.locator("#w0 thead th").first().getAttribute("aria-sort"), "ascending");
    });
  });

  it("prints with its charts drawn, on a light ground", async () => {
    await opened({ width: 1280, dark: true }, async (page) => {
      const pdf = await page.pdf({ format: "A4" });
      assert.ok(pdf.length > 50_000);
      assert.ok((await page.locator("#w3 [data-chart=memory] svg path").count()) > 0);
    });
  });
});
