// A writer that makes a chunk each turn of the event loop, and a reader that takes one every fourth turn. The bytes held
// at most, when the writer ignores what write() says, waits for `drain`, or sends into a bounded channel.

import { Writable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { channel, configure } from "@heddle/runtime";

const { sizes, chunkKb, capacity } = JSON.parse(process.argv.at(-1));
const TURNS = 4;
configure({ reports: "off" });

let peak = 0;
let made = 0;
/** Each chunk is memory of its own; what is read counts no more once the collector has seen it. */
async function make(every) {
  await turn();
  const chunk = Buffer.alloc(chunkKb * 1024, 1);
  if (++made % every === 0) weigh();
  return chunk;
}
function weigh() {
  globalThis.gc();
  globalThis.gc(); // waits until what the first one found is free
  peak = Math.max(peak, process.memoryUsage().arrayBuffers);
}

const slow = async () => {
  for (let left = TURNS; left > 0; left--) await turn();
};
const reader = () =>
  new Writable({
    write: (_chunk, _encoding, done) => void slow().then(() => done()),
  });

const ways = {
  async ignore(chunks, every) {
    const out = reader();
    for (let at = 0; at < chunks; at++) out.write(await make(every));
    await new Promise((resolve) => out.end(resolve));
  },
  async drain(chunks, every) {
    const out = reader();
    for (let at = 0; at < chunks; at++) {
      if (!out.write(await make(every))) await new Promise((resolve) => out.once("drain", resolve));
    }
    await new Promise((resolve) => out.end(resolve));
  },
  async channel(chunks, every) {
    const out = channel(capacity);
    const reading = (async () => {
      for await (const _chunk of out) await slow();
    })();
    for (let at = 0; at < chunks; at++) await out.send(await make(every));
    out.close();
    await reading;
  },
};

const result = {};
for (const [how, fill] of Object.entries(ways)) {
  result[how] = [];
  for (const chunks of sizes) {
    peak = 0;
    weigh();
    const before = peak;
    made = 0;
    await fill(chunks, Math.floor(chunks / 2));
    result[how].push((peak - before) / 2 ** 20);
  }
}
console.log(JSON.stringify({ result }));
