// Operations of ten steps that lose a race against a short time limit: with Promise.race, with an AbortSignal that is
// looked at, with timeout() of @heddle/runtime. How many steps are done after the race was lost, and what leaks() says.
import { setTimeout as delay } from "node:timers/promises";
import { configure, leaks, openGroup, sleep, timeout } from "@heddle/runtime";

const { operations, steps, stepMs, limitMs } = JSON.parse(process.argv.at(-1));
configure({ reports: "on" });

/** Steps done after the race was lost, and operations that went through to their end. */
async function lateSteps(race) {
  const state = { lost: false, late: 0, ended: 0 };
  const done = () => {
    if (state.lost) state.late++;
  };
  await Promise.all(
    Array.from({ length: operations }, () => race(done, () => state.ended++).catch(() => {})),
  );
  state.lost = true;
  const leaked = leaks().filter(({ kind }) => kind === "task");
  // Until nothing more is done: stalls of the machine delay the steps and this look at them alike.
  for (let seen = -1; seen < state.late; ) {
    seen = state.late;
    await delay(stepMs * 5);
  }
  return { late: state.late, ended: state.ended, leaked: leaked.length, stack: leaked[0]?.stack ?? "" };
}

const failAfter = async (ms) => {
  await delay(ms);
  throw new Error("too late");
};

const work = async (done, ended, pause) => {
  for (let step = 0; step < steps; step++) {
    await pause(stepMs);
    done();
  }
  ended();
};

const raced = await lateSteps((done, ended) => Promise.race([work(done, ended, delay), failAfter(limitMs)]));

const signalled = await lateSteps(async (done, ended) => {
  const abort = new AbortController();
  const pause = (ms) => delay(ms, undefined, { signal: abort.signal });
  try {
    await Promise.race([work(done, ended, pause), failAfter(limitMs)]);
  } finally {
    abort.abort();
  }
});

const timed = await lateSteps((done, ended) => timeout(limitMs, () => work(done, ended, sleep)));

// The same mistake as the first with tasks that the library knows: it can say what runs on, and where it was started.
const group = openGroup({ name: "requests" });
const spawned = await lateSteps((done, ended) =>
  Promise.race([group.spawn(() => work(done, ended, sleep)), failAfter(limitMs)]),
);
await group.join();

const result = { raced, signalled, timed, spawned };
for (const each of Object.values(result)) each.stack = each.stack.includes("late.mjs") ? "late.mjs" : "";
console.log(
  JSON.stringify({
    result: Object.fromEntries(
      Object.entries(result).flatMap(([name, each]) =>
        Object.entries(each).map(([key, value]) => [`${name}_${key}`, value]),
      ),
    ),
  }),
);
