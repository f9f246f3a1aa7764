// One task fails at its 2nd step; its siblings would make `steps` steps each, and the last of them fails half-way. How
// much do they do after the caller has the first error, how many still run then, and is anybody told of the second?
// As loose promises under Promise.all, and in a group.
import { group, sleep } from "@heddle/runtime";

const { siblings, steps, stepMs } = JSON.parse(process.argv.at(-1));

const told = new Set();
process.on("unhandledRejection", (error) => told.add(error));

async function watch(run) {
  const seen = { afterwards: 0, running: 0, caught: false };
  const second = new Error("failed half-way");
  let thrown = false;
  const sibling = (last) => async () => {
    seen.running++;
    try {
      for (let step = 0; step < steps; step++) {
        await sleep(stepMs);
        if (last && step === steps / 2) {
          thrown = true;
          throw second;
        }
        if (seen.caught) seen.afterwards++;
      }
    } finally {
      seen.running--;
    }
  };
  const failing = async () => {
    await sleep(stepMs * 1.5);
    throw new Error("failed");
  };
  let left = 0;
  try {
    await run(
      Array.from({ length: siblings + 1 }, (_, at) => (at === 0 ? failing : sibling(at === siblings))),
    );
  } catch (error) {
    seen.caught = true;
    if (error === second || error.errors?.includes(second)) told.add(second);
    left = seen.running;
  }
  await sleep(stepMs * (steps + 3));
  return { left, afterwards: seen.afterwards, lost: thrown && !told.has(second) ? 1 : 0 };
}

const constructs = {
  "Promise.all": (tasks) => Promise.all(tasks.map((task) => task())),
  "a group": (tasks) => group((g) => void tasks.map((task) => g.spawn(task))),
};

const results = await Promise.all(
  Object.entries(constructs).map(async ([name, run]) => ({ name, ...(await watch(run)) })),
);
console.log(
  JSON.stringify({ result: { names: results.map(({ name }) => name).join("|"), ...columns(results) } }),
);

function columns(rows) {
  return {
    left: rows.map(({ left }) => left),
    lost: rows.map(({ lost }) => lost),
    afterwards: rows.map(({ afterwards }) => afterwards),
  };
}
