// Times one step of each way that Node has to go from one piece of code to another within a thread.
const { steps } = JSON.parse(process.argv.at(-1));
const REPEATS = 5;

async function least(run, count) {
  let best = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const from = process.hrtime.bigint();
    await run(count);
    best = Math.min(best, Number(process.hrtime.bigint() - from) / count);
  }
  return best;
}

// Two async functions in turn: each await goes to the other.
async function half(count) {
  for (let i = 0; i < count; i++) await undefined;
}
const awaits = (count) => Promise.all([half(count / 2), half(count / 2)]);

// A chain of callbacks: each one schedules the next.
const chain = (schedule) => (count) =>
  new Promise((resolve) => {
    let left = count;
    const step = () => {
      left -= 1;
      if (left > 0) schedule(step);
      else resolve();
    };
    schedule(step);
  });

const result = {
  awaits: await least(awaits, steps),
  microtasks: await least(chain(queueMicrotask), steps),
  ticks: await least(chain(process.nextTick), steps),
  immediates: await least(chain(setImmediate), Math.ceil(steps / 10)),
};
console.log(JSON.stringify({ result }));
