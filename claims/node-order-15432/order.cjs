// The five lines of the text as a CommonJS module, then the same five inside a callback of a timer and of I/O.
// The lines are put down, because stdout holds the result.
const { stat } = require("node:fs");

function five() {
  const seen = [];
  seen.push(1);
  setTimeout(() => seen.push(2), 0);
  Promise.resolve().then(() => seen.push(3));
  process.nextTick(() => seen.push(4));
  seen.push(5);
  return seen;
}

const inModule = five();

/** The order of the five, and of a sixth by setImmediate, in the callback that `start` is given. */
const inCallback = (start) =>
  new Promise((resolve) => {
    start(() => {
      const seen = five();
      setImmediate(() => seen.push(6));
      setTimeout(() => resolve(seen.join(" ")), 50);
    });
  });

async function main() {
  await new Promise((resolve) => setTimeout(resolve, 50));
  const inIo = await inCallback((callback) => stat(__filename, callback));
  const inTimer = await inCallback((callback) => setTimeout(callback, 5));
  console.log(JSON.stringify({ result: { order: inModule.join(" "), inIo, inTimer } }));
}
main();
