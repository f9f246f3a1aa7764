// A web crawler with a limit and a deadline: it asks for at most eight pages at a time, follows the links of one site,
// tries what failed once more, and stops when its time is up, telling what it has found by then.
//
//   node examples/crawler/crawler.mjs http://127.0.0.1:3000/ [--limit 8] [--timeout 10000]
//
// All pages are tasks of one group. The group ends when the last of them has, so nobody has to count them; the limit
// bounds how many run; when the deadline passes, every request that is under way is aborted and awaited, so no request
// outlives the crawl. Exit codes: 0 all pages were read, 1 the time was up or a link is broken, 2 the call was wrong.
import { parseArgs } from "node:util";
import { group, isHeddleError, retry } from "@heddle/runtime";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: "string", default: "8" }, timeout: { type: "string", default: "10000" } },
});
const start = positionals[0];
if (start === undefined || !URL.canParse(start)) {
  console.error("crawler: the first argument must be a URL; try http://127.0.0.1:3000/");
  process.exit(2);
}

/** @type {Map<string, { links: number } | { broken: string }>} */
const pages = new Map();

/**
 * @param {import("@heddle/runtime").Group} site
 * @param {URL} url
 */
function visit(site, url) {
  url.hash = "";
  if (pages.has(url.href)) return;
  pages.set(url.href, { broken: "not read in time" });
  site.spawn(async () => {
    try {
      const links = await retry(() => linksOf(url, site.signal), { attempts: 2, backoff: { initial: 50 } });
      pages.set(url.href, { links: links.length });
      for (const link of links) if (link.origin === url.origin) visit(site, link);
    } catch (error) {
      // A page that cannot be read is a result. That the crawl was cancelled is none.
      if (!site.signal.aborted)
        pages.set(url.href, { broken: error instanceof Error ? error.message : `${error}` });
    }
  });
}

/**
 * @param {URL} url
 * @param {AbortSignal} signal
 */
async function linksOf(url, signal) {
  const response = await fetch(url, { signal });
  const html = await response.text();
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return [...html.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => new URL(href, url));
}

let inTime = true;
try {
  await group((site) => visit(site, new URL(start)), {
    name: "crawl",
    limit: Number(values.limit),
    timeout: Number(values.timeout),
  });
} catch (error) {
  if (!isHeddleError(error, "TIMEOUT")) throw error;
  inTime = false;
}

let broken = 0;
for (const [url, page] of [...pages].sort()) {
  if ("broken" in page) broken++;
  console.log("broken" in page ? `${url}  broken: ${page.broken}` : `${url}  ${page.links} links`);
}
console.log(
  `${pages.size} pages, ${broken} broken${inTime ? "" : `; the time (${values.timeout} ms) was up`}`,
);
process.exitCode = inTime && broken === 0 ? 0 : 1;
