import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { renderClaims } from "../../src/index.js";
import { noChromium, openChromium } from "../chromium.js";
import { type Look, visit } from "../visit.js";
import { ATTACKS, fixture, poisoned } from "./fixture.js";

/** The ground, and the ink of a refuted claim. */
const LIGHT = ["#ffffff", "#b23a08"];
const DARK = ["#12161d", "#f58f57"];

describe("the page of claims in a browser", { skip: noChromium, timeout: 240_000 }, () => {
  let browser: Browser;
  let folder: string;
  const address = (name: string) => pathToFileURL(join(folder, name)).href;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "heddle-claims-"));
    const hostile = poisoned(fixture(), (text) => `${ATTACKS.join(" ")}${text} ${"long".repeat(40)}`);
    await writeFile(join(folder, "claims.html"), renderClaims(fixture()));
    await writeFile(join(folder, "hostile.html"), renderClaims(hostile));
    const { claims } = fixture();
    const many = Array.from({ length: 60 }, (_, at) => ({ ...claims[at % claims.length], id: `copy-${at}` }));
    await writeFile(join(folder, "long.html"), renderClaims({ ...fixture(), claims: many as typeof claims }));
    browser = await openChromium();
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const opened = (look: Look, use: (page: Page) => Promise<void>, name = "claims.html") =>
    visit(browser, address(name), look, use);
  const shown = (page: Page) => page.locator("article:visible").count();

  async function drawAll(page: Page): Promise<number> {
    const pictures = await page.locator("[data-picture]").all();
    for (const picture of pictures) {
      await picture.scrollIntoViewIfNeeded();
      await picture.locator("svg path").first().waitFor({ state: "attached" });
    }
    return pictures.length;
  }

  for (const dark of [false, true]) {
    it(`draws every picture without a word on the console, ${dark ? "dark" : "light"}`, async () => {
      await opened({ width: 1400, dark }, async (page) => {
        assert.equal(await drawAll(page), 7);
        const chart = page.locator("#claim-threads-memory [data-picture]");
        assert.ok((await chart.locator("svg text", { hasText: "28.2 KB" }).count()) > 0);
        assert.ok(
          (await page.locator("#claim-cliff-20 svg text", { hasText: "the claimed cliff" }).count()) > 0,
        );
      });
    });

    for (const name of ["claims.html", "hostile.html"]) {
      it(`fits a screen of 360 px, ${dark ? "dark" : "light"}: ${name}`, async () => {
        await opened(
          { width: 360, dark },
          async (page) => {
            for (const fold of await page.locator("summary").all()) await fold.click();
            await drawAll(page);
            const [wide = 0, screen = 0] = await page.evaluate<number[]>(
              "[document.documentElement.scrollWidth, innerWidth]",
            );
            assert.ok(wide <= screen, `${wide} px wide on a screen of ${screen} px`);
          },
          name,
        );
      });
    }
  }

  it("takes no text of a result for markup", async () => {
    await opened(
      { width: 1280 },
      async (page) => {
        await drawAll(page);
        assert.equal(await page.locator("img").count(), 0);
        assert.ok((await page.getByText("<img src=x onerror=alert(1)>").count()) > 0);
      },
      "hostile.html",
    );
  });

  it("shows the claims of one verdict, and all again", async () => {
    await opened({ width: 1280 }, async (page) => {
      const refuted = page.getByRole("button", { name: "Refuted" });
      await refuted.click();
      assert.equal(await shown(page), 8);
      assert.equal(await page.locator("#overview li:visible").count(), 8);
      assert.equal(await page.locator("article.v-confirmed:visible").count(), 0);
      assert.equal(await page.locator("#t-words").isVisible(), false);
      assert.equal(await refuted.getAttribute("aria-pressed"), "true");
      assert.equal(await page.getByRole("status").innerText(), "8 of 18 shown");
      await page.getByRole("button", { name: "All" }).click();
      assert.equal(await shown(page), 18);
    });
  });

  it("finds the claims that hold all words of a search, by keyboard alone", async () => {
    await opened({ width: 1280 }, async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("goroutines 400");
      assert.equal(await shown(page), 1);
      assert.equal(await page.locator("#claim-goroutines-400mb").isVisible(), true);
      await page.keyboard.type(" nowhere at all");
      assert.equal(await shown(page), 0);
      assert.equal(await page.getByText("No claim is like that.").isVisible(), true);
      await page.keyboard.press("Escape");
      assert.equal(await shown(page), 18);
    });
  });

  it("draws a picture that a filter had hidden once it is back", async () => {
    await opened({ width: 1280 }, async (page) => {
      await page.getByRole("button", { name: "Undecided" }).click();
      await page.getByRole("button", { name: "All" }).click();
      assert.equal(await drawAll(page), 7);
    });
  });

  it("follows a link to a claim that is filtered away", async () => {
    await opened({ width: 1280 }, async (page) => {
      await page.getByRole("button", { name: "Confirmed" }).click();
      await page.evaluate("location.hash = 'claim-tick-2-4s'");
      await page.locator("#claim-tick-2-4s").waitFor({ state: "visible" });
      assert.equal(await shown(page), 18);
    });
  });

  it("stops at the claim that was asked for, however many pictures are drawn on the way", async () => {
    await opened(
      { width: 390 },
      async (page) => {
        await page.emulateMedia({ reducedMotion: "no-preference" });
        await page.locator("a[href='#claim-copy-40']").first().click();
        const top = async () => (await page.locator("#claim-copy-40").boundingBox())?.y ?? Number.NaN;
        await page.waitForFunction("scrollY > 0");
        for (let seen = Number.NaN, now = await top(); seen !== now; now = await top()) {
          seen = now;
          await page.waitForTimeout(400);
        }
        assert.ok(
          Math.abs((await top()) - 100) < 100,
          `it stopped ${await top()} px below the top of the screen`,
        );
      },
      "long.html",
    );
  });

  it("tells the figures under the pointer", async () => {
    await opened({ width: 1280 }, async (page) => {
      const chart = page.locator("#claim-cliff-20 [data-picture]");
      await chart.scrollIntoViewIfNeeded();
      await chart.locator("svg path").first().waitFor({ state: "attached" });
      await chart.hover({ position: { x: 300, y: 150 } });
      await chart.locator(".tip").waitFor();
      assert.match(await chart.locator(".tip").innerText(), /share of CPU in the work: \d+ %[\s\S]*\d ms/u);
    });
  });

  it("changes its theme on request, pictures included", async () => {
    await opened({ width: 1280, dark: true }, async (page) => {
      await drawAll(page);
      const ink = () => page.locator("#claim-threads-memory svg text").first().getAttribute("fill");
      const dark = await ink();
      await page.getByRole("button", { name: "Light", exact: true }).click();
      assert.notEqual(await ink(), dark);
    });
  });

  it("gives back the very result it was made from", async () => {
    await opened({ width: 1280 }, async (page) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Raw data", exact: true }).click(),
      ]);
      assert.equal(download.suggestedFilename(), "claims.json");
      const saved = join(folder, "saved.json");
      await download.saveAs(saved);
      assert.deepEqual(JSON.parse(await readFile(saved, "utf8")), fixture());
    });
  });

  for (const [system, chosen, medium, ground] of [
    ["light", null, "screen", LIGHT],
    ["dark", null, "screen", DARK],
    ["dark", "light", "screen", LIGHT],
    ["light", "dark", "screen", DARK],
    ["dark", null, "print", LIGHT],
    ["light", "dark", "print", LIGHT],
  ] as const) {
    it(`has one palette at a time: ${chosen ?? "none"} chosen, the system ${system}, on ${medium}`, async () => {
      await opened({ width: 1280, dark: system === "dark" }, async (page) => {
        if (chosen !== null) await page.getByRole("button", { name: chosen }).click();
        await page.emulateMedia({ media: medium });
        const seen = (name: string) =>
          page.evaluate(`getComputedStyle(document.documentElement).getPropertyValue("--${name}").trim()`);
        assert.deepEqual([await seen("ground"), await seen("refuted")], ground);
      });
    });
  }

  it("prints on upright paper with its parts one below the other", async () => {
    await opened({ width: 700 }, async (page) => {
      await page.emulateMedia({ media: "print" });
      const claim = page.locator("#claim-threads-memory");
      const told = await claim.locator(".told").boundingBox();
      const seen = await claim.locator(".seen").boundingBox();
      assert.ok(told !== null && seen !== null);
      assert.ok(told.y + told.height <= seen.y && told.width > 500, JSON.stringify({ told, seen }));
    });
  });

  it("prints with its pictures drawn and its rules unfolded", async () => {
    await opened({ width: 1280, dark: true }, async (page) => {
      const pdf = await page.pdf({ format: "A4" });
      assert.ok(pdf.length > 50_000);
      assert.equal(await page.locator("[data-picture]:has(svg path)").count(), 7);
    });
  });
});
