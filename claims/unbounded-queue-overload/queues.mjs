// Two servers get the same arrivals, faster than they can serve: one queue takes everything, the other has a capacity
// and rejects what finds it full. Each serves one request at a time; a service is a wait, so that neither takes the
// other's CPU time.
import { setTimeout as wait } from "node:timers/promises";
import { channel } from "@heddle/runtime";

const { serviceMs, load, services, capacity, seed } = JSON.parse(process.argv.at(-1));

// mulberry32: the same seed gives the same arrivals
let state = seed >>> 0;
const chance = () => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

// What a service really takes here: timers are late, and by how much is the machine's business.
const trials = [];
for (let trial = 0; trial < 25; trial++) {
  const before = performance.now();
  await wait(serviceMs);
  trials.push(performance.now() - before);
}
const reallyMs = trials.sort((a, b) => a - b)[12];
const gapMs = reallyMs / load;
const durationMs = services * reallyMs;

const begin = performance.now();
const open = (room) => ({ queue: channel(room), served: [], rejected: 0, lengths: [] });
const unbounded = open(Number.MAX_SAFE_INTEGER);
const bounded = open(capacity);
const servers = [unbounded, bounded];

const serve = async ({ queue, served }) => {
  for await (const arrived of queue) {
    await wait(serviceMs);
    const now = performance.now() - begin;
    if (now > durationMs) return;
    served.push(now - arrived);
  }
};

let offered = 0;
const offer = async () => {
  let due = 0;
  let look = 0;
  for (;;) {
    const now = performance.now() - begin;
    while (due <= now && due <= durationMs) {
      for (const server of servers) if (!server.queue.trySend(due)) server.rejected += 1;
      offered += 1;
      due += -Math.log(1 - chance()) * gapMs;
    }
    for (; look <= now && look <= durationMs; look += durationMs / 10) {
      for (const server of servers) server.lengths.push(server.queue.size);
    }
    if (now > durationMs) break;
    await wait(1);
  }
  for (const server of servers) server.queue.close();
};

const loops = Promise.all(servers.map(serve));
await offer();
await loops;
const result = {
  durationMs,
  unboundedMs: unbounded.served,
  unboundedLengths: unbounded.lengths,
  boundedMs: bounded.served,
  boundedLengths: bounded.lengths,
  rejected: bounded.rejected,
  offered,
};
console.log(JSON.stringify({ result }));
process.exit(0);
