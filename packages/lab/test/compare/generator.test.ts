import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { compare } from "../../src/compare/compare.js";
import { planFor } from "./plan.js";

/** The load generator that this process started, by /proc. */
function generatorPid(): number | undefined {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
        return (
          parent === process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("load/main.js")
        );
      } catch {
        return false;
      }
    });
}

test("a generator that dies voids the run with the reason, and the comparison goes on", {
  skip: process.platform !== "linux" && "looks into /proc",
}, async () => {
  let killed = 0;
  const hunt = setInterval(() => {
    const pid = generatorPid();
    if (pid === undefined) return;
    process.kill(pid, "SIGKILL");
    killed += 1;
  }, 20);
  const serve = { kind: "serve", connections: 5, rate: 50, ioMs: 1, cpuMs: 0, durationS: 1 } as const;
  const workloads = [
    { ...serve, arrivals: "poisson" as const, downstream: false },
    { kind: "wait" as const, tasks: 5, waitMs: 5 },
  ];
  const result = await compare(planFor(["honest"], { workloads, runs: 1 })).finally(() =>
    clearInterval(hunt),
  );
  assert.ok(killed > 0, "a generator was there to be killed");
  const [served, waited] = result.cells;
  assert.match(served?.void ?? "", /^generator: /);
  assert.equal(waited?.void, null);
});
