/** Bytes there and back, four at a time: cloned by `echo`, or moved both ways. Each answer carries its call's stamp. */
import { performance } from "node:perf_hooks";

const LANES = 4;

export async function measure(pool, { bytes, moved }, { warmMs, windowMs }) {
  if (moved && pool.move === null) return { cannot: "results cannot be moved" };
  const exchange = moved ? moveBothWays(pool) : cloneBothWays(pool);
  const buffers = Array.from({ length: LANES }, () => new Uint8Array(bytes));
  await drive(exchange, buffers, warmMs);
  const copies = { out: 0, back: 0 };
  const { tasks, elapsedMs } = await drive(exchange, buffers, windowMs, copies);
  const tasksPerS = (tasks * 1_000) / elapsedMs;
  return {
    tasks,
    tasksPerS,
    mbPerS: (tasksPerS * bytes) / 2 ** 20,
    copiedOut: moved ? copies.out : null,
    copiedBack: moved ? copies.back : null,
  };
}

async function drive(exchange, buffers, forMs, copies = { out: 0, back: 0 }) {
  const start = performance.now();
  const end = start + forMs;
  let tasks = 0;
  let stamp = 0;

  async function lane(_, index) {
    while (performance.now() < end) {
      stamp++;
      buffers[index] = await exchange(stampOn(buffers[index], stamp), stamp, copies);
      tasks++;
    }
  }

  await Promise.all(buffers.map(lane));
  return { tasks, elapsedMs: performance.now() - start };
}

function cloneBothWays(pool) {
  return async (bytes, stamp) => {
    const back = await pool.run("echo", bytes);
    checkStamp(back, bytes.byteLength, stamp);
    return bytes;
  };
}

function moveBothWays(pool) {
  return async (bytes, stamp, copies) => {
    const length = bytes.byteLength;
    const back = await pool.move(bytes);
    if (bytes.byteLength > 0) copies.out++;
    if (back[4] === 1) copies.back++;
    checkStamp(back, length, stamp);
    return back;
  };
}

function stampOn(bytes, stamp) {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, stamp);
  bytes[bytes.byteLength - 1] = stamp & 255;
  return bytes;
}

function checkStamp(bytes, length, stamp) {
  const right =
    bytes instanceof Uint8Array &&
    bytes.byteLength === length &&
    new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === stamp &&
    bytes[length - 1] === (stamp & 255);
  if (!right) throw new Error(`wrong answer: ${length} bytes with stamp ${stamp} came back changed`);
}
