// Asks /fast every `everyMs`, on a clock of its own, and at the start of each round the path of the phase, if it has one.
import { Agent, get } from "node:http";

const { port, phases, rounds, roundMs, everyMs } = JSON.parse(process.argv.at(-1));
const now = () => Number(process.hrtime.bigint()) / 1e6;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const ask = (path) =>
  new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, path, agent }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(JSON.parse(text)));
    }).on("error", reject);
  });

await Promise.all(Array.from({ length: 40 }, () => ask("/fast"))); // opens the connections

async function measure(slow) {
  const fast = [];
  const computed = [];
  const askFast = async (due) => {
    const sent = now();
    await ask("/fast");
    fast.push({ due, sent, done: now() });
  };

  const startedAt = now() + 5;
  const asked = [];
  for (let at = 0, round = 0; at < rounds * roundMs; ) {
    const elapsed = now() - startedAt;
    if (slow !== null && round < rounds && elapsed >= round * roundMs) {
      round++;
      asked.push(ask(slow).then((times) => computed.push(times)));
    }
    for (; at <= elapsed && at < rounds * roundMs; at += everyMs) asked.push(askFast(startedAt + at));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(asked);

  // Sent while a slow one computed, and long enough before its end that an answer could still come before it.
  let during = 0;
  let answered = 0;
  for (const { from, to } of computed) {
    const within = fast.filter(({ sent }) => sent > from + 2 && sent < to - 15);
    during += within.length;
    answered += within.filter(({ done }) => done < to - 2).length;
  }
  const latencies = fast.map(({ due, done }) => done - due).sort((a, b) => a - b);
  const quantile = (share) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))];
  return { during, answered, p99: quantile(0.99) };
}

const rows = [];
for (const slow of phases) rows.push(await measure(slow));
const column = (name) => rows.map((row) => row[name]);
const result = { during: column("during"), answered: column("answered"), p99: column("p99") };
process.stdout.write(`${JSON.stringify({ result })}\n`, () => process.exit(0));
