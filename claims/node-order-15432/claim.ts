import { defineClaim } from "@heddle/claims";
import { decide, type NodeOrder } from "./rule.js";

export const claim = defineClaim<NodeOrder>({
  id: "node-order-15432",
  topic: "node",
  claim:
    "Node prints 1, 5, 4, 3, 2 for a log, a setTimeout of 0, a resolved promise, a process.nextTick and a last log.",
  source: "Asynchronous programming and concurrency overview",
  experiment:
    "Runs the five lines as a CommonJS module and as an ES module, then inside a callback of I/O and of a timer, where a setImmediate joins them, and reads the order off.",
  rule: "Confirmed if both module systems give 1 5 4 3 2, refuted if neither does; if only one does, it depends on the module system.",
  practice:
    "Do not let code depend on nextTick before promise: an ES module is evaluated inside a promise job, so at its top level promises come first. Where order matters, await it.",
  programs: ["order.cjs", "order.mjs"],
  seconds: { full: 0.4, quick: 0.4 },
  alone: false,
  async measure(bench) {
    const commonJs = (await bench.must("order.cjs")).result;
    const esModule = (await bench.must("order.mjs")).result;
    return {
      commonJs: commonJs.text("order"),
      esModule: esModule.text("order"),
      inIo: commonJs.text("inIo"),
      inTimer: commonJs.text("inTimer"),
    };
  },
  decide,
});
