// A service whose every request makes one call to a dependency over TCP. Some calls are never answered. Each variant has
// requests, slots and timeouts of its own; they share the process and the dependency.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { Semaphore, sleep, timeout } from "@heddle/runtime";

const ANSWER_MS = 5;
/** Without any answer for so long after the last request, what still waits waits for ever. */
const QUIET_MS = 150;
const { variants, ratePerS, requests } = JSON.parse(process.argv.at(-1));

const dependency = createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", (asked) => {
    if (asked.toString() !== "hang") setTimeout(() => socket.end("ok"), ANSWER_MS);
  });
});
await once(dependency.listen(0, "127.0.0.1", 4096), "listening");
const { port } = dependency.address();

function call(word, signal) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(word));
    socket.once("data", resolve);
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("closed without an answer")));
    signal?.addEventListener("abort", () => socket.destroy(), { once: true });
  });
}

let lastAnswer = 0;

/** Counted by requests, not by time: a machine that is slow at some moment gets the same counts, a little later. */
async function serve({ slots, timeoutMs, hangs }) {
  const semaphore = slots === null ? null : new Semaphore(slots);
  const answered = [];
  let held = 0;
  const request = async (index) => {
    const permit = await semaphore?.acquire();
    const word = hangs[index % hangs.length] === 1 ? "hang" : "fine";
    held++;
    try {
      await (timeoutMs === null ? call(word) : timeout(timeoutMs, ({ signal }) => call(word, signal)));
      answered.push(index);
      lastAnswer = performance.now();
    } catch {
      // a failed request is one that was not answered
    } finally {
      held--;
      permit?.release();
    }
  };
  const startedAt = performance.now();
  for (let arrived = 0; arrived < requests; await sleep(2)) {
    const due = Math.min(requests, ((performance.now() - startedAt) / 1000) * ratePerS);
    while (arrived < due) void request(arrived++);
  }
  lastAnswer = Math.max(lastAnswer, performance.now());
  while (performance.now() < lastAnswer + QUIET_MS) await sleep(10);
  return {
    answered: answered.length,
    held,
    late: answered.filter((index) => index >= requests * 0.75).length / (requests / 4),
  };
}

const rows = await Promise.all(variants.map(serve));
const column = (name) => rows.map((row) => row[name]);
const result = { answered: column("answered"), late: column("late"), held: column("held") };
process.stdout.write(`${JSON.stringify({ result })}\n`, () => process.exit(0));
