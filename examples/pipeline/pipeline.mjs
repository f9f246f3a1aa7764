// A pipeline with backpressure: reads a log of any size, parses its lines in parallel, and adds up the bytes per status.
//
//   node examples/pipeline/pipeline.mjs access.log              (lines such as: GET /index.html 200 512)
//
//   reader ──lines (64)──▶ 4 parsers ──records (64)──▶ one counter
//
// Each arrow is a channel that holds at most 64 items. Who is faster than the next one waits, so a log of 10 GB takes as
// much memory as one of 10 kB. The stages are tasks of one group: when one fails, here at a line that is none, the others
// are cancelled and awaited, and the error says where. Exit codes: 0, 1 for a bad line, 2 for a wrong call.
import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { channel, group } from "@heddle/runtime";

const PARSERS = 4;
const path = process.argv[2];
if (path === undefined || !existsSync(path)) {
  console.error(`pipeline: the first argument must be a log file, got ${path ?? "nothing"}`);
  process.exit(2);
}

/** @type {import("@heddle/runtime").Channel<{ number: number, text: string }>} */
const lines = channel(64, { name: "lines" });
/** @type {import("@heddle/runtime").Channel<{ status: string, bytes: number }>} */
const records = channel(64, { name: "records" });
/** @type {Map<string, { count: number, bytes: number }>} */
const totals = new Map();

async function read() {
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(path ?? "") })) {
    await lines.send({ number: ++number, text }); // waits while the parsers are behind
  }
  lines.close();
}

async function parse() {
  for await (const { number, text } of lines) {
    const [, status, bytes] = /^\S+ \S+ (\d{3}) (\d+)$/.exec(text) ?? [];
    if (status === undefined) throw new SyntaxError(`line ${number} is no log line: ${text.slice(0, 60)}`);
    await records.send({ status, bytes: Number(bytes) }); // waits while the counter is behind
  }
}

async function count() {
  for await (const { status, bytes } of records) {
    const total = totals.get(status) ?? { count: 0, bytes: 0 };
    totals.set(status, { count: total.count + 1, bytes: total.bytes + bytes });
  }
}

try {
  await group(
    async (stages) => {
      stages.spawn(read, { name: "read" });
      stages.spawn(count, { name: "count" });
      await group((parsers) => {
        for (let i = 1; i <= PARSERS; i++) parsers.spawn(parse, { name: `parse ${i}` });
      });
      records.close(); // the last parser has ended
    },
    { name: "pipeline" },
  );
  for (const [status, { count, bytes }] of [...totals].sort())
    console.log(`${status}  ${count} requests, ${bytes} bytes`);
} catch (error) {
  console.error(`pipeline: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
