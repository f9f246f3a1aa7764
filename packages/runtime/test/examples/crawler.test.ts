import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { example, run } from "./support.js";

const crawler = await example("crawler", "crawler.mjs");

/** A site of 30 pages: each links to its children in a tree, to a page that has no answer, and to another site. */
const PAGES = 30;
let running = 0;
let most = 0;
let requests = 0;
let aborted = 0;
const flaky = new Set<string>();

const site: Server = createServer(async (request, response) => {
  const path = request.url ?? "";
  requests++;
  most = Math.max(most, ++running);
  response.on("close", () => {
    running--;
    if (!response.writableEnded) aborted++;
  });
  const page = Number(path.slice(1) || 0);
  await new Promise((answer) => setTimeout(answer, 5));
  if (path === "/hang") return;
  if (path === "/7" && !flaky.has(path)) {
    flaky.add(path);
    response.destroy();
  } else if (!(page < PAGES)) {
    response.writeHead(404).end("no such page");
  } else {
    const links = [2 * page + 1, 2 * page + 2].filter((child) => child < PAGES).map((child) => `/${child}`);
    const more = page === 3 ? ["/gone", "http://127.0.0.2:1/elsewhere", "#top"] : [];
    response.end([...links, "/", ...more].map((link) => `<a href="${link}">x</a>`).join("\n"));
  }
}).listen(0, "127.0.0.1");
await once(site, "listening");
const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
after(() => {
  site.closeAllConnections();
  site.close();
});

test("it reads every page of the site once, at most so many at a time, and tells of the broken link", async () => {
  const { code, stdout, stderr } = await run(crawler, url, "--limit", "3");
  assert.equal(stderr, "");
  assert.match(stdout, /\n31 pages, 1 broken\n$/);
  assert.ok(stdout.includes(`${url}gone  broken: HTTP 404\n`), stdout);
  assert.ok(stdout.includes(`${url}7  3 links\n`), "a page that failed is tried once more");
  assert.ok(!stdout.includes("elsewhere"));
  assert.equal(requests, PAGES + 1 + 2, "every page once, and the two that failed twice");
  assert.ok(most <= 3, `${most} at a time`);
  assert.equal(code, 1);
});

test("when its time is up it ends, aborts what is under way, and tells what it has", async () => {
  const before = aborted;
  const { code, stdout, stderr } = await run(crawler, `${url}hang`, "--timeout", "1000");
  assert.equal(stderr, "");
  assert.equal(
    stdout,
    `${url}hang  broken: not read in time\n1 pages, 1 broken; the time (1000 ms) was up\n`,
  );
  assert.equal(code, 1);
  assert.equal(aborted, before + 1);
});

test("it says what it needs when it is called without a URL", async () => {
  const { code, stderr } = await run(crawler, "not a url");
  assert.deepEqual(
    [code, stderr],
    [2, "crawler: the first argument must be a URL; try http://127.0.0.1:3000/\n"],
  );
});
