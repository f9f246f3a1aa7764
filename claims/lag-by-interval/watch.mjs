// One worker thread, so one event loop, per length of block. Each loop is watched by three detectors at once, and is
// blocked after each of the given gaps. The blocks sleep: a loop cannot tell, and so the workers do not disturb each
// other. A detector has found a block if what it tells is at least half as long.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { monitor, sleep } from "@heddle/runtime";

const INTERVAL_MS = 100;
const RESOLUTION_MS = 10;
const SETTLE_MS = 30;

/** Counts blocks found: { interval, histogram, monitor }. */
async function watch({ length, gaps }) {
  const least = length / 2;
  const found = { interval: 0, histogram: 0, monitor: 0 };
  let block = { from: Number.POSITIVE_INFINITY, to: 0 };

  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    const lag = now - last - INTERVAL_MS;
    // Only a tick that fell due in the block tells of it; the lag of any other is somebody else's.
    const due = last + INTERVAL_MS;
    if (lag >= least && due >= block.from && due <= block.to) found.interval++;
    last = now;
  }, INTERVAL_MS);

  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const loop = monitor();
  let told = false;
  loop.onBlocked(least, ({ blockedMs, startedAt }) => {
    const from = startedAt - performance.timeOrigin;
    if (from <= block.to && from + blockedMs >= block.from) told = true;
  });

  const never = new Int32Array(new SharedArrayBuffer(4));
  for (const gap of gaps) {
    told = false;
    histogram.reset();
    await sleep(gap);
    const from = performance.now();
    block = { from, to: from + length };
    Atomics.wait(never, 0, 0, length);
    await sleep(SETTLE_MS);
    if (histogram.max / 1e6 - RESOLUTION_MS >= least) found.histogram++;
    if (told) found.monitor++;
  }
  return found;
}

if (isMainThread) {
  const { lengths } = JSON.parse(process.argv.at(-1));
  const rows = await Promise.all(
    lengths.map(
      (each) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: each });
          worker.once("message", resolve).once("error", reject);
        }),
    ),
  );
  const shares = (name) => rows.map((row, at) => row[name] / lengths[at].gaps.length);
  const result = { interval: shares("interval"), histogram: shares("histogram"), monitor: shares("monitor") };
  process.stdout.write(`${JSON.stringify({ result })}\n`, () => process.exit(0));
} else {
  parentPort.postMessage(await watch(workerData));
}
