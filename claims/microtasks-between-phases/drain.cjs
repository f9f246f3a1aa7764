// Two callbacks of one phase of the event loop. The first leaves a promise and a nextTick: when do they run?
// Each order also holds a setImmediate of the first ("next phase"): it stands after the second callback only if both
// callbacks really were of one phase.

/** A: the first callback, B: the second, p: its promise, t: its nextTick, n: the next phase. */
function pairOf(start) {
  return new Promise((resolve) => {
    const seen = [];
    start(
      () => {
        seen.push("A");
        Promise.resolve().then(() => seen.push("p"));
        process.nextTick(() => seen.push("t"));
        setImmediate(() => seen.push("n"));
      },
      () => {
        seen.push("B");
        setTimeout(() => resolve(seen.join(" ")), 20);
      },
    );
  });
}

const block = (ms) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

async function main() {
  const timers = await pairOf((a, b) => {
    setTimeout(a, 1);
    setTimeout(b, 1);
    block(5); // both are due when the loop looks
  });
  const immediates = await pairOf((a, b) => {
    setImmediate(a);
    setImmediate(b);
  });
  console.log(JSON.stringify({ result: { timers, immediates, version: process.version } }));
}
main();
