import assert from "node:assert/strict";
import { test } from "node:test";
import { open, pause, tasksModule } from "./sizing-support.js";

const module = tasksModule(`
export function add(a, b) { return a + b; }
export function size(map, value) { return map.size + value; }
export function bytes(buffer) { return buffer.byteLength; }
export function rest(ms) { return new Promise((done) => setTimeout(() => done(ms), ms)); }
export function burn(ms) { const end = performance.now() + ms; while (performance.now() < end); return ms; }
`);
const map = new Map([[{}, new Set()]]);

/** A small generator with a seed (Mulberry32), so that a failure can be looked at again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

for (const seed of [1, 2, 3]) {
  test(`growing, shrinking and recycling at once, each call settles once with its own result: seed ${seed}`, async () => {
    const pick = seeded(seed);
    const options = { threads: { min: 0, max: 5 }, idleTimeout: 40, recycle: { afterTasks: 1 + pick(40) } };
    const pool = open(module, options);
    let settled = 0;
    let cancelled = 0;
    let calls = 0;

    const call = async (): Promise<void> => {
      const value = pick(1_000);
      const kind = pick(20);
      if (kind < 9) assert.equal(await pool.run("add", [value, 1]), value + 1);
      else if (kind < 13) assert.equal(await pool.run("size", [map, value]), value + 1);
      else if (kind < 16) {
        const buffer = new ArrayBuffer(value + 1);
        assert.equal(await pool.run("bytes", [buffer], { transfer: [buffer] }), value + 1);
      } else if (kind < 18) assert.equal(await pool.run("rest", [value % 8]), value % 8);
      else if (kind < 19) assert.equal(await pool.run("burn", [value % 4]), value % 4);
      else {
        const stop = new AbortController();
        setTimeout(() => stop.abort(), value % 10);
        const ended = pool.run("rest", [value % 10], { signal: stop.signal });
        await ended.catch((error: { code?: string }) => {
          assert.equal(error.code, "CANCELLED");
          cancelled++;
        });
      }
      settled++;
    };

    for (let burst = 0; burst < 25; burst++) {
      const size = 1 + pick(60);
      const all = Array.from({ length: size }, call);
      calls += size;
      if (pick(2) === 0) await Promise.all(all);
      else await Promise.race([Promise.all(all), pause(pick(60))]);
      if (pick(6) === 0) await pause(pick(120));
    }
    await pool.close();
    const { completed, failed, stopped } = pool.engine.tally;
    assert.equal(settled, calls);
    assert.equal(completed + stopped, calls);
    assert.equal(stopped, cancelled);
    assert.equal(failed, 0);
    assert.equal(pool.engine.crew.list().length, 0);
  });
}
