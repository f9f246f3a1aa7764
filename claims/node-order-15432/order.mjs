// The five lines of the text as an ES module. The lines are put down, because stdout holds the result.
const seen = [];
seen.push(1);
setTimeout(() => seen.push(2), 0);
Promise.resolve().then(() => seen.push(3));
process.nextTick(() => seen.push(4));
seen.push(5);

setTimeout(() => console.log(JSON.stringify({ result: { order: seen.join(" ") } })), 50);
