import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { UserError } from "../../src/error.js";
import { type AuditRow, audit, auditSchema } from "../../src/law/audit.js";

/** Fixtures are not compiled: from the built test, the package is three folders up whatever the out dir is called. */
function fixture(name: string): AuditRow[] {
  const url = new URL(`../../../test/fixtures/audit/${name}.json`, import.meta.url);
  return audit(JSON.parse(readFileSync(url, "utf8"))).rows;
}

function one(row: Record<string, unknown>): AuditRow {
  const [only] = audit([{ name: "row", connections: 100, waitMs: 10, latencyMs: {}, ...row }]).rows;
  assert.ok(only);
  return only;
}

function impossible(rows: readonly AuditRow[]): string[] {
  return rows.filter((row) => !row.possible).map((row) => row.name);
}

describe("published tables", () => {
  it("S0-A needs 18 to 143 cores in its kindest reading", () => {
    const rows = fixture("s0-a-with-cores");
    assert.ok(rows.every((row) => !row.possible && row.law === "utilization"));
    assert.match(rows.at(-1)?.why ?? "", /need 45\.5 cores \(455 if the mean is near the median of 11 ms\)/);
  });

  it("S0-A without cores is told what it needs, not judged", () => {
    const rows = fixture("s0-a");
    assert.deepEqual(impossible(rows), []);
    assert.match(rows.at(-1)?.why ?? "", /455 .*the row does not say how many it had/);
  });

  it("S0-B hashes faster than its cores", () => {
    assert.equal(impossible(fixture("s0-b")).length, 4);
  });

  it("S1-A fits: its fault is a clock that starts inside the task, which no law sees", () => {
    assert.deepEqual(impossible(fixture("s1-a")), []);
  });

  it("S3 sends 100 requests of 200 ms through 50 threads in 200 ms", () => {
    assert.deepEqual(
      fixture("s3").map((row) => row.law),
      ["little"],
    );
  });

  it("the wrk row of one connection at 5,043/s and 6 ms cannot be", () => {
    const [row] = fixture("wrk-438");
    assert.equal(row?.law, "little");
    assert.match(row?.why ?? "", /30\.5 in flight.*1 connection .*166 requests\/s/);
  });

  it("deepu's ab rows fit, and are connections divided by the wait", () => {
    const rows = fixture("deepu-ab");
    assert.deepEqual(impossible(rows), []);
    assert.ok(rows.every((row) => /the wait set it, not the server/.test(row.why)));
  });

  it("four of deepu's wrk rows keep more in flight than there were connections", () => {
    assert.deepEqual(impossible(fixture("deepu-wrk")), [
      "rustws-async",
      "gows",
      "javaws-async",
      "javaws-undertow",
    ]);
  });

  it("ebarlas's loom comparison obeys Little's law throughout", () => {
    assert.deepEqual(impossible(fixture("ebarlas")), []);
  });

  it("a median of 7.2 s at 1,673/s does not fit on 512 connections", () => {
    assert.deepEqual(
      fixture("helidon").map((row) => row.law),
      ["little"],
    );
  });
});

describe("an audit row", () => {
  it("is impossible from 5 % over its connections on", () => {
    assert.equal(one({ throughputPerS: 5_240, latencyMs: { mean: 20 } }).possible, true);
    assert.equal(one({ throughputPerS: 5_260, latencyMs: { mean: 20 } }).law, "little");
  });

  it("with a throughput far below is possible: users think", () => {
    assert.equal(one({ throughputPerS: 1, latencyMs: { mean: 20 } }).possible, true);
  });

  it("cannot be shorter than its own wait", () => {
    assert.equal(one({ latencyMs: { mean: 9.6 } }).possible, true);
    assert.equal(one({ latencyMs: { mean: 9.4 } }).law, "little");
    assert.equal(one({ latencyMs: { p50: 9.4 } }).law, "little");
  });

  it("with a median alone is read with the shortest mean it allows", () => {
    // Half at 10 ms and half at 30 ms: a mean of 20 ms.
    assert.equal(one({ throughputPerS: 5_000, latencyMs: { p50: 30 } }).possible, true);
    assert.equal(one({ throughputPerS: 5_300, latencyMs: { p50: 30 } }).law, "little");
  });

  it("without latency is held against its wait", () => {
    assert.equal(one({ throughputPerS: 10_400 }).possible, true);
    assert.equal(one({ throughputPerS: 10_600 }).law, "little");
  });

  it("with a throughput is impossible from 5 % over its cores on", () => {
    const row = { throughputPerS: 1_000, latencyMs: { mean: 20 }, cores: 2 };
    assert.equal(one({ ...row, cpuMsPerRequest: 2.09 }).possible, true);
    assert.equal(one({ ...row, cpuMsPerRequest: 2.11 }).law, "utilization");
  });

  it("without a throughput is a closed loop without think time", () => {
    const row = { latencyMs: { mean: 20 }, cpuMsPerRequest: 0.4 };
    assert.equal(one({ ...row, cores: 2 }).possible, true);
    assert.equal(one({ ...row, cores: 1.9 }).law, "utilization");
    assert.match(one(row).why, /need 2 cores; the row does not say/);
  });

  it("with a median alone may have a mean ten times as long, or as long as its p99, but not beyond its maximum", () => {
    const row = { cpuMsPerRequest: 1, cores: 1 };
    assert.equal(one({ ...row, latencyMs: { p50: 11 } }).possible, true);
    assert.equal(one({ ...row, connections: 1_000, latencyMs: { p50: 11 } }).law, "utilization");
    assert.equal(one({ ...row, connections: 1_000, latencyMs: { p50: 11, p99: 2_000 } }).possible, true);
    assert.equal(one({ ...row, latencyMs: { p50: 11, max: 20 } }).law, "utilization");
  });

  it("of 0 ms is finer than its clock and bounds nothing", () => {
    assert.equal(one({ waitMs: 0, latencyMs: { p50: 0 }, cpuMsPerRequest: 1, cores: 1 }).possible, true);
  });

  it("whose mean is below half its median contradicts itself, breaking no law of queueing", () => {
    const row = one({ latencyMs: { mean: 12, p50: 30 } });
    assert.deepEqual([row.possible, row.law], [false, null]);
  });

  it("stays impossible with a higher rate, stays possible with more connections or cores", () => {
    const amount = fc.double({ min: 1, max: 5_000, noNaN: true });
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        fc.integer({ min: 1, max: 16 }),
        (throughputPerS, mean, connections, cores) => {
          const row = {
            waitMs: 0,
            throughputPerS,
            latencyMs: { mean },
            connections,
            cpuMsPerRequest: 1,
            cores,
          };
          const possible = one(row).possible;
          if (!possible) assert.equal(one({ ...row, throughputPerS: throughputPerS * 1.5 }).possible, false);
          if (possible)
            assert.equal(one({ ...row, connections: connections * 2, cores: cores + 1 }).possible, true);
        },
      ),
    );
  });

  it("answers in the published shape, in whole sentences", () => {
    const result = audit([{ name: "x", connections: 1, waitMs: 1, latencyMs: { mean: 2 } }]);
    assert.deepEqual(auditSchema.parse(result), result);
    assert.match(result.rows[0]?.why ?? "", /^\d.*\.$/);
  });
});

describe("a table that cannot be used", () => {
  const message = (rows: unknown): string => {
    try {
      audit(rows);
    } catch (error) {
      assert.ok(error instanceof UserError && error.code === "BAD_FILE");
      return error.message;
    }
    return assert.fail("it was used");
  };

  it("names the row, the field, what it got and what it expected", () => {
    const text = message([
      { name: "a", connections: 1, waitMs: 1, latencyMs: {} },
      { name: "b", connections: 1, waitMs: 1, latencyMs: { p50: "11 ms" } },
    ]);
    assert.match(text, /row 2 \(b\), field latencyMs\.p50/);
    assert.match(text, /got: +"11 ms"/);
    assert.match(text, /expected: milliseconds, a number from 0 up/);
  });

  it("names a field that is missing or unknown", () => {
    assert.match(message([{ name: "a", waitMs: 1 }]), /field connections[\s\S]*got: +nothing/);
    assert.match(
      message([{ name: "a", connections: 1, waitMs: 1, rps: 5 }]),
      /unknown field "rps"[\s\S]*throughputPerS/,
    );
    assert.match(message([{ name: "a", connections: 0, waitMs: 1 }]), /expected: a number above 0/);
  });

  it("says what a table is", () => {
    for (const rows of [{}, [], null, "x"]) assert.match(message(rows), /a list of at least one row/);
    assert.match(message([7]), /row 1\.[\s\S]*an object with the fields name/);
  });
});
