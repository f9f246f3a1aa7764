import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { MachineFacts } from "../../src/machine/facts.js";
import { judgeMachine } from "../../src/machine/judge.js";
import type { Needs, Severity } from "../../src/machine/needs.js";
import { noticeSchema } from "../../src/result/schema.js";

const fine: MachineFacts = {
  platform: "linux",
  cores: 8,
  quotaCores: null,
  memoryMb: 32_000,
  memoryFreeMb: 20_000,
  openFiles: 1_048_576,
  ports: 28_232,
  threads: 4_194_304,
  threadsInUse: 300,
  maxMapCount: 1_048_576,
  backlog: 4_096,
  synBacklog: 4_096,
  synCookies: 1,
  load1: 0.1,
  pressure: 0,
  stealShare: 0,
  busyShare: 0.01,
  governor: "performance",
  turbo: false,
  outDir: { path: "/out", writable: true, freeMb: 10_000 },
};
const needs: Needs = { connections: 10_000, threads: 10_000, cores: 2 };

/** The severity of one notice, or "none". */
function verdict(id: string, facts: Partial<MachineFacts>, asked: Partial<Needs> = {}): Severity | "none" {
  const all = judgeMachine({ ...fine, ...facts }, { ...needs, ...asked });
  assert.deepEqual(
    all.map((one) => one.id).filter((other) => other !== id),
    [],
    "nothing else is held against the machine",
  );
  return all[0]?.severity ?? "none";
}

test("a fine machine gets no notice", () => {
  assert.deepEqual(judgeMachine(fine, needs), []);
});

/** Both sides of every line: [id, facts, needs, severity]. */
const lines: [string, Partial<MachineFacts>, Partial<Needs>, Severity | "none"][] = [
  ["open-files", { openFiles: 20_512 }, {}, "none"],
  ["open-files", { openFiles: 20_511 }, {}, "warning"],
  ["open-files", { openFiles: 10_256 }, {}, "warning"],
  ["open-files", { openFiles: 10_255 }, {}, "blocker"],
  ["ports", { ports: 11_112 }, {}, "none"],
  ["ports", { ports: 11_111 }, {}, "warning"],
  ["ports", { ports: 10_000 }, {}, "warning"],
  ["ports", { ports: 9_999 }, {}, "blocker"],
  ["backlog", { backlog: 4_096 }, {}, "none"],
  ["backlog", { backlog: 4_095 }, {}, "warning"],
  ["backlog", { backlog: 128 }, { connections: 128 }, "none"],
  ["backlog", { backlog: 128 }, { connections: 129 }, "warning"],
  ["syn-backlog", { synBacklog: 1_024 }, {}, "none"],
  ["syn-backlog", { synBacklog: 1_023 }, {}, "info"],
  ["syn-backlog", { synBacklog: 1_023, synCookies: 0 }, {}, "warning"],
  ["syn-cookies", { synCookies: 2 }, {}, "info"],
  ["syn-cookies", { synCookies: 2 }, { connections: 0 }, "none"],
  ["threads", { threads: 12_556 }, {}, "none"],
  ["threads", { threads: 12_555 }, {}, "warning"],
  ["threads", { threads: 10_364 }, {}, "warning"],
  ["threads", { threads: 10_363 }, {}, "blocker"],
  ["memory-maps", { maxMapCount: 21_024 }, {}, "none"],
  ["memory-maps", { maxMapCount: 21_023 }, {}, "warning"],
  ["memory-maps", { maxMapCount: 20_000 }, {}, "warning"],
  ["memory-maps", { maxMapCount: 19_999 }, {}, "blocker"],
  ["memory", { memoryFreeMb: 768 }, {}, "none"],
  ["memory", { memoryFreeMb: 767 }, {}, "warning"],
  ["memory", { memoryFreeMb: 1_500 }, { memoryMb: 1_000 }, "none"],
  ["memory", { memoryFreeMb: 1_499 }, { memoryMb: 1_000 }, "warning"],
  ["memory", { memoryMb: 1_000, memoryFreeMb: 900 }, { memoryMb: 1_000 }, "warning"],
  ["memory", { memoryMb: 999, memoryFreeMb: 900 }, { memoryMb: 1_000 }, "blocker"],
  ["disk", { outDir: { path: "/out", writable: true, freeMb: 100 } }, {}, "none"],
  ["disk", { outDir: { path: "/out", writable: true, freeMb: 99 } }, {}, "warning"],
  ["disk", { outDir: { path: "/out", writable: true, freeMb: 50 } }, {}, "warning"],
  ["disk", { outDir: { path: "/out", writable: true, freeMb: 49 } }, {}, "blocker"],
  ["disk", { outDir: { path: "/out", writable: true, freeMb: 399 } }, { diskMb: 200 }, "warning"],
  ["disk", { outDir: { path: "/out", writable: false, freeMb: 9_999 } }, {}, "blocker"],
  ["busy", { busyShare: 0.1 }, {}, "none"],
  ["busy", { busyShare: 0.11 }, {}, "warning"],
  ["steal", { stealShare: 0.05 }, {}, "none"],
  ["steal", { stealShare: 0.06 }, {}, "warning"],
  ["pressure", { pressure: 0.05 }, {}, "none"],
  ["pressure", { pressure: 0.06 }, {}, "warning"],
  ["load", { load1: 4 }, {}, "none"],
  ["load", { load1: 4.1 }, {}, "info"],
  ["governor", { governor: "powersave" }, {}, "warning"],
  ["turbo", { turbo: true }, {}, "info"],
  ["cores", { cores: 1 }, { cores: 1 }, "warning"],
  ["cores", { cores: 2 }, { cores: 2 }, "none"],
  ["cores", { cores: 2 }, { cores: 3 }, "warning"],
  ["cpu-quota", { quotaCores: 8 }, {}, "none"],
  ["cpu-quota", { quotaCores: 1.5 }, {}, "warning"],
  ["probe-columns", { platform: "darwin" }, {}, "info"],
];

for (const [id, facts, asked, severity] of lines) {
  test(`${id} is ${severity} for ${JSON.stringify({ ...facts, ...asked })}`, () => {
    assert.equal(verdict(id, facts, asked), severity);
  });
}

test("what a system does not tell is not held against it", () => {
  const silent: MachineFacts = {
    ...fine,
    openFiles: null,
    ports: null,
    threads: null,
    threadsInUse: null,
    maxMapCount: null,
    backlog: null,
    synBacklog: null,
    synCookies: null,
    pressure: null,
    stealShare: null,
    busyShare: null,
    governor: null,
    turbo: null,
    outDir: null,
  };
  assert.deepEqual(judgeMachine(silent, needs), []);
});

test("blockers come first, and every notice is one line with a mend", () => {
  const poor: MachineFacts = {
    ...fine,
    openFiles: 256,
    ports: 100,
    backlog: 5,
    cores: 1,
    governor: "powersave",
    load1: 9,
    threads: 50,
    outDir: { path: "/out", writable: false, freeMb: 1 },
  };
  const notices = judgeMachine(poor, needs);
  const severities = notices.map(({ severity }) => severity).join(" ");
  assert.match(severities, /^(blocker ?)+(warning ?)+(info ?)+$/);
  for (const one of notices) {
    noticeSchema.parse(one);
    assert.doesNotMatch(one.message, /\n/);
    assert.ok((one.mend ?? "").length > 0);
  }
});

test("more need never makes a notice milder", () => {
  const rank = { none: 0, info: 1, warning: 2, blocker: 3 };
  const need = fc.record({
    connections: fc.nat(40_000),
    threads: fc.nat(40_000),
    cores: fc.integer({ min: 1, max: 16 }),
  });
  const facts = { ...fine, openFiles: 20_000, maxMapCount: 65_530, threads: 32_768 };
  const severityOf = (asked: Needs, id: string): number =>
    rank[judgeMachine(facts, asked).find((one) => one.id === id)?.severity ?? "none"];
  fc.assert(
    fc.property(need, fc.nat(5_000), (asked, more) => {
      const greedier = {
        connections: asked.connections + more,
        threads: asked.threads + more,
        cores: asked.cores + 1,
      };
      for (const id of ["open-files", "ports", "backlog", "threads", "memory-maps", "cores"]) {
        assert.ok(severityOf(greedier, id) >= severityOf(asked, id), id);
      }
    }),
  );
});
