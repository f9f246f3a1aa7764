import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { canPin, pinned, splitCores } from "../../src/machine/cores.js";
import { allowedCpus, formatCpuList, parseCpuList } from "../../src/machine/cpus.js";

test("a CPU list survives being written and read", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(300), { minLength: 1 }), (cpus) => {
      assert.deepEqual(
        parseCpuList(formatCpuList(cpus)),
        [...cpus].sort((a, b) => a - b),
      );
    }),
  );
});

test("a CPU list from a stranger is bounded", () => {
  assert.equal(parseCpuList("0-99999,0-99999").length, 65_536);
  assert.deepEqual(parseCpuList("x,3,-,9-7"), [3]);
});

test("the generator gets the last core, the server the others", () => {
  const alone = (cpu: number): number[] => [cpu];
  assert.deepEqual(splitCores([0, 1], alone), { server: "0", generator: "1" });
  assert.deepEqual(splitCores([0, 1, 2, 5], alone), { server: "0-2", generator: "5" });
});

test("the generator's hyper-thread sibling stays idle if another core is left", () => {
  const siblings = (cpu: number): number[] => (cpu % 2 === 0 ? [cpu, cpu + 1] : [cpu - 1, cpu]);
  assert.deepEqual(splitCores([0, 1, 2, 3], siblings), { server: "0-1", generator: "3" });
  assert.deepEqual(splitCores([0, 1], siblings), { server: "0", generator: "1" });
});

test("a single core is shared", () => {
  assert.deepEqual(
    splitCores([3], () => [3]),
    { server: "3", generator: "3" },
  );
});

test("a pinned program sees only its CPU and keeps its pid", { skip: !canPin() }, () => {
  const cpu = allowedCpus().at(-1) ?? 0;
  const script = `console.log(/Cpus_allowed_list:\\s*(\\S+)/.exec(require("node:fs").readFileSync("/proc/self/status", "utf8"))[1])`;
  const [file, ...args] = pinned([process.execPath, "-e", script], `${cpu}`);
  assert.ok(file !== undefined);
  assert.equal(execFileSync(file, args, { encoding: "utf8" }).trim(), `${cpu}`);
});

test("unpinned is unchanged", () => {
  assert.deepEqual(pinned(["node", "x.js"], null), ["node", "x.js"]);
});
