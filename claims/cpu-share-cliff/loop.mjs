// An event loop that serves a schedule of requests: each computes, then waits, then is answered. All in one process.
// Arrivals and ends of waits are due on the microsecond: the loop is polled by setImmediate, one callback per turn,
// oldest first. setTimeout was rejected: its grain of 1 ms is as long as the chunks that are measured.
// The clock is the CPU time of this process. A polled loop never sleeps, so alone on a core this is the time of day;
// where others take the core for a while, the clock stands still, and their work is not taken for a queue of ours.
const { seed, requests, repetitions, totalMs, shares, loads } = JSON.parse(process.argv.at(-1));

const chance = generator(seed);
/** The same gaps for every point, in mean gaps: points differ by share and load, not by luck. */
const gaps = Array.from({ length: requests }, () => -Math.log(1 - chance()));
const perMs = calibrate();
const points = shares.map((share, at) => {
  const cpuMs = totalMs * share;
  let due = 0;
  const arrivals = gaps.map((gap) => {
    due += (gap * cpuMs) / loads[at];
    return due;
  });
  return { cpuMs, waitMs: totalMs - cpuMs, arrivals, runs: [] };
});

await serve(points[0]);
for (let round = 0; round < repetitions; round++) {
  for (const point of points) point.runs.push(await serve(point));
}
const p99Ms = points.map(({ runs }) => p99(middles(runs.map(({ latency }) => latency))));
const queueMs = points.map((point) => p99(queued(point, middles(point.runs.map(({ chunk }) => chunk)))));
console.log(JSON.stringify({ result: { p99Ms, queueMs } }));

/** One pass through the schedule: the latency of each request from its intended arrival, and how long it computed. */
function serve({ cpuMs, waitMs, arrivals }) {
  return new Promise((resolve) => {
    const latency = new Array(arrivals.length);
    const chunk = [];
    const dueAt = [];
    const work = Math.round(cpuMs * perMs);
    const start = clock() + 2;
    let arrived = 0;
    let answered = 0;
    const turn = () => {
      const now = clock() - start;
      const nextArrival = arrivals[arrived] ?? Number.POSITIVE_INFINITY;
      const nextAnswer = answered < arrived ? dueAt[answered] : Number.POSITIVE_INFINITY;
      if (nextAnswer <= now && nextAnswer <= nextArrival) {
        latency[answered] = clock() - start - arrivals[answered];
        answered += 1;
      } else if (nextArrival <= now) {
        spin(work);
        const done = clock() - start;
        chunk[arrived] = done - now;
        dueAt[arrived] = done + waitMs;
        arrived += 1;
      }
      if (answered === arrivals.length) resolve({ latency, chunk });
      else setImmediate(turn);
    };
    setImmediate(turn);
  });
}

/** The same schedule and chunks in a queue with one server, on paper: in order of arrival, and an answer waits for those before it. */
function queued({ waitMs, arrivals }, chunks) {
  let end = 0;
  const ends = arrivals.map((arrival, request) => {
    end = Math.max(arrival, end) + chunks[request];
    return end;
  });
  return arrivals.map((arrival, request) => {
    const ready = ends[request] + waitMs;
    let before = request;
    while (before + 1 < arrivals.length && arrivals[before + 1] < ready) before += 1;
    return Math.max(ready, ends[before]) - arrival;
  });
}

function clock() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function spin(iterations) {
  let x = 1;
  for (let i = 0; i < iterations; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
  globalThis.sink = x;
}

/** Iterations of a millisecond, from the fastest of many tries: the one that nobody disturbed. */
function calibrate() {
  const iterations = 200_000;
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 100; i++) {
    const from = performance.now();
    spin(iterations);
    fastest = Math.min(fastest, performance.now() - from);
  }
  return iterations / fastest;
}

function p99(values) {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1];
}

/** Of each request the median over the runs: a stall of the machine hits another request in every run. */
function middles(runs) {
  return runs[0].map((_, at) => runs.map((run) => run[at]).toSorted((a, b) => a - b)[runs.length >> 1]);
}

/** mulberry32: uniform in [0, 1). */
function generator(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
