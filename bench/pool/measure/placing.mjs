/** Whether tasks were well placed on two threads, from when each was asked for, began and ended (us, one clock). */

const THREADS = 2;

/**
 * For each task, how long it waited while a worker was free for it, in us. A worker was free from the moment it began a
 * task that was asked for later, or while it ran nothing. Of the times in which it ran nothing the longest unbroken one
 * counts, not their sum: handing over a backlog one by one leaves a small gap before each task, which is cost and not
 * misplacing. Tasks come in the order in which they were asked for.
 */
export function waitedBesideFree(tasks) {
  const stretches = idleStretches(tasks);
  const passed = passedOver(tasks);
  return tasks.map((task, index) =>
    stretches.reduce((longest, { from, to }) => {
      const shared = Math.min(to, task.startUs) - Math.max(from, task.askedUs);
      return Math.max(longest, shared);
    }, passed[index]),
  );
}

/** How long before each task the first of those asked for after it began; 0 if none did. */
function passedOver(tasks) {
  const waits = new Array(tasks.length).fill(0);
  let firstLater = Number.POSITIVE_INFINITY;
  for (let index = tasks.length - 1; index >= 0; index--) {
    const { startUs } = tasks[index];
    waits[index] = Math.max(startUs - firstLater, 0);
    firstLater = Math.min(firstLater, startUs);
  }
  return waits;
}

/** When a thread was free, between the first start and the last end. */
function idleStretches(tasks) {
  const edges = tasks
    .flatMap((task) => [
      { at: task.startUs, change: 1 },
      { at: task.endUs, change: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const stretches = [];
  let running = 0;
  let from = edges[0].at;
  for (const { at, change } of edges) {
    if (running < THREADS && running + change === THREADS) stretches.push({ from, to: at });
    if (running === THREADS && change === -1) from = at;
    running += change;
  }
  stretches.push({ from, to: edges.at(-1).at });
  return stretches;
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
