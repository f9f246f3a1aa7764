import { type Bench, defineClaim } from "@heddle/claims";
import { decide, type WorkerPerRequest } from "./rule.js";

const WORK_MS = [2, 20, 200];

export const claim = defineClaim<WorkerPerRequest>({
  id: "worker-per-request",
  topic: "node",
  claim: "Move CPU work off the event loop: start a new Worker for each request.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "Answers requests of 2, 20 and 200 ms of hashing (pbkdf2) in two Node processes: one starts a new worker thread for each, the other hands them to a pool of threads that are already running. One request after the other gives the CPU time of each, threads and all; then a burst of short ones comes at once.",
  rule: "CPU time of a request with a new Worker over that with the pool. Refuted if it is at least twice as much at every length of work, confirmed if it is at most half as much again at every length. If it is twice at the shortest and at most half as much again at the longest, it depends on how long the work takes.",
  practice:
    "Start the threads once and keep them: a pool answers short work without paying for a new JavaScript engine each time, and bounds how many run. A thread of its own suits jobs that take seconds.",
  programs: ["serve.mjs"],
  seconds: { full: 2.5, quick: 1.8 },
  async measure(bench) {
    const burst = bench.quick ? 10 : 20;
    const pool = await serve(bench, "pool", burst, null);
    // The same number of hash iterations, not the same milliseconds: those are calibrated once.
    const worker = await serve(bench, "worker", burst, pool.iterationsPerMs);
    return {
      workMs: WORK_MS,
      workerCpuMs: worker.cpuMs,
      poolCpuMs: pool.cpuMs,
      workerMs: worker.medianMs,
      poolMs: pool.medianMs,
      burst,
      workerBurstMs: worker.burstMs,
      poolBurstMs: pool.burstMs,
      workerPeakMb: worker.peakMb,
      poolPeakMb: pool.peakMb,
    };
  },
  decide,
  picture: ({ workMs, workerCpuMs, poolCpuMs }) => {
    const line = (name: string, values: readonly number[]) => ({
      name,
      points: workMs.map((ms, at) => [ms, values[at] ?? 0] as const),
    });
    return {
      kind: "lines",
      title: "CPU time of one request",
      x: { name: "work of a request", unit: "ms", scale: "log" },
      y: { name: "CPU time", unit: "ms", scale: "log" },
      lines: [line("new Worker", workerCpuMs), { ...line("pool", poolCpuMs), role: "cure" }],
    };
  },
});

async function serve(bench: Bench, how: string, burst: number, iterationsPerMs: number | null) {
  const counts = bench.quick ? [5, 2, 2] : [8, 4, 3];
  const { result } = await bench.must("serve.mjs", { how, workMs: WORK_MS, counts, burst, iterationsPerMs });
  const peak = result.number("peakMb");
  return {
    cpuMs: result.numbers("cpuMs"),
    medianMs: result.numbers("medianMs"),
    burstMs: result.number("burstMs"),
    peakMb: peak < 0 ? null : peak,
    iterationsPerMs: result.number("iterationsPerMs"),
  };
}
