import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Timer, TimerHeap } from "../../src/group/timer-heap.js";

class Plain extends Timer {
  fire(): void {}
}

test("whatever is added, moved and removed, the heap gives what is left in the order of time", () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ add: fc.integer({ min: 0, max: 50 }) }),
      fc.record({ remove: fc.nat() }),
      fc.record({ move: fc.nat(), to: fc.integer({ min: 0, max: 50 }) }),
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const heap = new TimerHeap();
      const model: Plain[] = [];
      for (const step of all) {
        if ("add" in step) {
          const timer = new Plain(step.add);
          model.push(timer);
          heap.add(timer);
        } else if ("remove" in step) {
          const [timer] = model.splice(step.remove % (model.length || 1), 1);
          if (timer !== undefined) heap.remove(timer);
        } else {
          const timer = model[step.move % (model.length || 1)];
          if (timer === undefined) continue;
          heap.remove(timer);
          timer.at = step.to;
          heap.add(timer);
        }
        assert.equal(heap.size, model.length);
      }
      const out: number[] = [];
      for (let timer = heap.first; timer !== undefined; timer = heap.first) {
        out.push(timer.at);
        heap.remove(timer);
        assert.equal(timer.slot, -1);
      }
      assert.deepEqual(
        out,
        model.map(({ at }) => at).sort((a, b) => a - b),
      );
    }),
  );
});
