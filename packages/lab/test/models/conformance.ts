import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { before, describe, it } from "node:test";
import { startable } from "../../src/model/build.js";
import type { Availability, Model, StartableModel } from "../../src/model/schema.js";
import { calibrateResultSchema } from "../../src/program/answer.js";
import { TestedProgram } from "./_program.js";
import { serveCases } from "./_serves.js";
import { answered, type Start, withProgram } from "./_start.js";
import { hashCases, waitCases } from "./_tasks.js";

/** Under CI these must be installed: a skip would hide that they were not tested. */
const REQUIRED = new Set(["node", "python", "go", "rust", "java"]);

/**
 * Registers the tests every model must pass: its real program is built, started and spoken to as docs/models.md
 * promises. A model whose runtime is missing is skipped with the reason; under CI=true that fails for the
 * languages Heddle's own CI installs.
 */
export function conformance(model: Model, found: Availability): void {
  if (found.state === "not-installed") {
    const missing = `${found.why}; ${found.install}`;
    const must = process.env["CI"] === "true" && REQUIRED.has(model.language);
    describe(model.name, () => {
      it("has its runtime installed", { skip: must ? false : missing }, () => assert.fail(missing));
    });
    return;
  }

  describe(model.name, () => {
    let built: StartableModel;
    const start: Start = async (workload) => {
      const cores = Math.min(2, availableParallelism());
      const pool = model.pool === undefined ? {} : { pool: model.pool };
      return new TestedProgram(built, JSON.stringify({ ...workload, cores, ...pool }));
    };
    // A first build may have to compile.
    before(
      async () => {
        built = await startable(model);
      },
      { timeout: 600_000 },
    );

    // One heavy task costs what hundreds of others do.
    if (model.workloads.includes("wait")) waitCases(start, model.heavy ? 8 : 60);
    if (model.workloads.includes("hash")) hashCases(start, model.heavy ? 8 : 50);
    if (model.workloads.includes("serve")) {
      serveCases(start, model.heavy ? 4 : 30);
      calibrateCase(start);
    }
    badArgumentCase(() => new TestedProgram(built, '{"kind":'));
  });
}

function calibrateCase(start: Start): void {
  it("finds how many rounds of the kernel take a millisecond", async () => {
    await withProgram(await start({ kind: "calibrate" }), async (program) => {
      await answered(program, "ready");
      program.say("go");
      const { roundsPerMs } = calibrateResultSchema.parse(await answered(program, "result"));
      // From a slow interpreter to a round per clock tick of a processor yet to be made.
      assert.ok(roundsPerMs > 100 && roundsPerMs < 1e7, `${roundsPerMs} rounds in a millisecond`);
      program.endInput();
      await program.ended();
    });
  });
}

function badArgumentCase(start: () => TestedProgram): void {
  it("refuses an argument that is not JSON, and says so on stderr", async () => {
    await withProgram(start(), async (program) => {
      const { code, stderr } = await program.ended();
      assert.ok(code !== null && code > 0, `ended with ${code}`);
      assert.notEqual(stderr.trim(), "");
    });
  });
}
