import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { field, parseSocketPages, parseStat, parseSwitches } from "../../src/probe/record.js";

function statLine(pid: number, name: string, numbers: readonly number[]): string {
  return `${pid} (${name}) S ${numbers.join(" ")}\n`;
}

test("a stat record is read right whatever the program calls itself", () => {
  const anyName = fc.oneof(
    fc.string({ maxLength: 15, unit: "binary" }),
    fc.stringMatching(/^[ ()\n0-9a-z]{0,15}$/),
    fc.constantFrom(") S 1 1", "a) (b", "))", " (", ") "),
  );
  const numbers = fc.array(fc.integer({ min: 0, max: 2 ** 31 }), { minLength: 49, maxLength: 49 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4_194_304 }), anyName, numbers, (pid, name, rest) => {
      const record = parseStat(statLine(pid, name, rest));
      assert.deepEqual(record, {
        pid,
        state: "S",
        parent: rest[0],
        session: rest[2],
        ownTicks: (rest[10] ?? 0) + (rest[11] ?? 0),
        childTicks: (rest[12] ?? 0) + (rest[13] ?? 0),
        threads: rest[16],
        startedAt: rest[18],
      });
    }),
  );
});

test("parsers of /proc never throw on garbage", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (text) => {
      parseStat(text);
      parseSwitches(text);
      parseSocketPages(text);
      field(text, "VmRSS");
    }),
  );
});

test("a truncated stat record is no record", () => {
  assert.equal(parseStat("12 (node) S 1 2 3"), null);
  assert.equal(parseStat(""), null);
});

test("a field is taken from its own line only", () => {
  const status = "Name:\tVmRSS: 7 kB\nVmHWM:\t  900 kB\nVmRSS:\t   800 kB\nnonvoluntary_ctxt_switches:\t3\n";
  assert.equal(field(status, "VmRSS"), 800);
  assert.equal(field(status, "voluntary_ctxt_switches"), null);
  assert.equal(field(status, "VmPTE"), null);
});

test("context switches are both there or not at all", () => {
  const both = "Name:\tx\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t3\n";
  assert.deepEqual(parseSwitches(both), { voluntary: 12, involuntary: 3 });
  assert.equal(parseSwitches("Name:\tx\nvoluntary_ctxt_switches:\t12\n"), null);
});

test("socket memory is that of TCP", () => {
  const text = "sockets: used 13\nTCP: inuse 1 orphan 0 tw 0 alloc 1 mem 42\nUDP: inuse 0 mem 7\n";
  assert.equal(parseSocketPages(text), 42);
  assert.equal(parseSocketPages("UDP: inuse 0 mem 7\n"), null);
});
