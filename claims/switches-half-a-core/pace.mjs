// Wakes once per millisecond and goes to another async function and back so many times; tells what
// that adds to the CPU time, per switch.
const { ticks, perTick } = JSON.parse(process.argv.at(-1));
const turns = perTick / 2;
const ROUNDS = 3;

async function half(count) {
  for (let i = 0; i < count; i++) await undefined;
}

async function play(count, each) {
  const from = process.cpuUsage();
  let next = performance.now();
  for (let tick = 0; tick < count; tick++) {
    next += 1;
    await new Promise((resolve) => setTimeout(resolve, next - performance.now()));
    await Promise.all([half(each), half(each)]);
  }
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
}

await play(100, turns);
const us = [];
for (let round = 0; round < ROUNDS; round++) {
  const idle = await play(ticks, 0);
  const busy = await play(ticks, turns);
  us.push(((busy - idle) * 1e6) / (2 * ticks * turns));
}
console.log(JSON.stringify({ result: { us } }));
