import assert from "node:assert/strict";
import { onReport, type Report } from "../../src/group/config.js";
import { group } from "../../src/group/group.js";
import type { Group } from "../../src/group/types.js";

/** Runs `body` in a group for `ms` or until a report of deadlock comes, cancels it, and gives the reports. */
export async function reportsOf(body: (g: Group) => unknown, ms = 900): Promise<readonly Report[]> {
  const reports: Report[] = [];
  let heard = () => {};
  const first = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const stop = onReport((report) => {
    reports.push(report);
    if (report.kind === "deadlock") heard();
  });
  const timer = setTimeout(heard, ms);
  const run = group(async (g) => {
    void first.then(() => g.cancel("seen"));
    await body(g);
  }).catch((error: { code?: string }) => assert.equal(error.code, "CANCELLED"));
  await run;
  clearTimeout(timer);
  stop();
  return reports;
}
