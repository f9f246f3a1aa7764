/** Whether tasks were well placed on two threads, from when each was asked for, began and ended (us, one clock). */

const THREADS = 2;

/** For each task: how much of its wait had fewer than two tasks running. Perfect placing leaves the hand-over alone. */
export function waitedWhileIdle(tasks) {
  const idleBefore = idleTime(tasks);
  return tasks.map((task) => idleBefore(task.startUs) - idleBefore(task.askedUs));
}

/** The time up to a moment in which a thread was free, as a function: piecewise linear over the starts and ends. */
function idleTime(tasks) {
  const edges = tasks
    .flatMap((task) => [
      { at: task.startUs, running: 1 },
      { at: task.endUs, running: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const points = [];
  let running = 0;
  let idle = 0;
  let last = edges[0].at;
  for (const edge of edges) {
    if (running < THREADS) idle += edge.at - last;
    running += edge.running;
    last = edge.at;
    points.push({ at: edge.at, idle, free: running < THREADS });
  }
  return (moment) => {
    const index = lastAtOrBefore(points, moment);
    if (index < 0) return moment - points[0].at; // before the first start both were free
    const point = points[index];
    return point.idle + (point.free ? moment - point.at : 0);
  };
}

function lastAtOrBefore(points, moment) {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].at <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Latencies of the short tasks had one queue fed two threads without any cost of its own: what no placing in order of
 * arrival can beat. Service times are the measured ones, so a thread that lost its core counts against nobody.
 */
export function idealLatencies(tasks, arrivedUs, warmMs) {
  const freeAt = [0, 0];
  const latencies = [];
  for (const task of tasks) {
    const arrived = arrivedUs(task);
    const thread = freeAt[0] <= freeAt[1] ? 0 : 1;
    freeAt[thread] = Math.max(freeAt[thread], arrived) + (task.endUs - task.startUs);
    if (task.size === "short" && task.atMs > warmMs) latencies.push(freeAt[thread] - arrived);
  }
  return latencies;
}
