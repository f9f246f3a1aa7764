// Five philosophers, five forks, and a report that says why nobody eats.
//
//   node examples/philosophers/philosophers.mjs               everybody takes the left fork first
//   node examples/philosophers/philosophers.mjs --ordered     everybody takes the fork with the lower number first
//
// Each needs both forks beside the plate. When all five take the left one at the same time, each waits for the right one, which a
// neighbour holds who waits as well: a deadlock. Such a program usually hangs and says nothing. Here, the order in which the forks
// are taken is reported before anything is stuck, and the deadlock within a second: who waits for what, held by whom. With an order
// that all share there is no circle, and everybody eats. Exit codes: 0 all have eaten, 1 a deadlock was reported.
import { parseArgs } from "node:util";
import { configure, group, isHeddleError, Mutex, onReport, sleep } from "@heddle/runtime";

const { values } = parseArgs({ options: { ordered: { type: "boolean", default: false } } });
const names = ["Aristotle", "Confucius", "Hypatia", "Kant", "Plato"];
const forks = names.map((_, at) => new Mutex({ name: `fork ${at + 1}` }));
const meals = new Map(names.map((name) => [name, 0]));

/**
 * @param {string} name
 * @param {number} seat
 */
async function dine(name, seat) {
  const left = seat;
  const right = (seat + 1) % forks.length;
  const [first = 0, second = 0] = values.ordered ? [left, right].sort((a, b) => a - b) : [left, right];
  for (let meal = 0; meal < 3; meal++) {
    const one = await forks[first]?.acquire();
    try {
      await sleep(5); // thinks, fork in hand
      const other = await forks[second]?.acquire();
      await sleep(1); // eats
      meals.set(name, (meals.get(name) ?? 0) + 1);
      other?.release();
    } finally {
      one?.release();
    }
  }
}

configure({ reports: "on" }); // also under NODE_ENV=production: it is what this program is about
try {
  await group(
    async (table) => {
      onReport(({ kind, message }) => {
        console.log(`${kind}: ${message}\n`);
        if (kind === "deadlock") table.cancel("a deadlock was reported");
      });
      for (const [seat, name] of names.entries()) table.spawn(() => dine(name, seat), { name });
    },
    { name: "table", timeout: 30_000 },
  );
} catch (error) {
  if (!isHeddleError(error, "CANCELLED")) throw error;
  process.exitCode = 1;
}
for (const [name, count] of meals) console.log(`${name} ate ${count} times`);
