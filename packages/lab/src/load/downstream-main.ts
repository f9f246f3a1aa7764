import { type AddressInfo, createServer, type Socket } from "node:net";
import { alarm } from "./alarm.js";
import { monotonicMs } from "./clock.js";
import { type Due, DueQueue } from "./due.js";
import { askPriority } from "./priority.js";

/** The delay server's process: `10\n` in, `ok\n` out ten milliseconds later. Ends when stdin does. */
const LINE_LIMIT = 32;
const LONGEST_MS = 600_000;
const BACKLOG = 4_096;

askPriority(-10); // it must be on time while the measured server computes

const replies = new DueQueue<Socket>();
const clock = alarm(() => {
  const now = monotonicMs();
  for (const { item } of replies.takeDue(now)) if (item.writable) item.write("ok\n");
  armed = Number.POSITIVE_INFINITY;
  arm(replies.next);
});
let armed = Number.POSITIVE_INFINITY;

/** Wakes the alarm thread only for a moment earlier than the one it already waits for. */
function arm(next: Due<Socket> | undefined): void {
  if (next === undefined || next.at >= armed) return;
  armed = next.at;
  clock.set([next.at]);
}

const server = createServer({ noDelay: true }, (socket) => {
  let held = "";
  socket.setEncoding("latin1");
  socket.on("error", () => socket.destroy());
  socket.on("data", (text: string) => {
    const arrived = monotonicMs();
    const lines = (held + text).split("\n");
    held = lines.pop() ?? "";
    for (const line of lines) {
      const delay = Number(line);
      if (!/^\d{1,6}(\.\d{1,6})?$/.test(line) || delay > LONGEST_MS) {
        socket.destroy();
        return;
      }
      replies.add({ at: arrived + delay, item: socket });
    }
    if (held.length > LINE_LIMIT) socket.destroy();
    arm(replies.next);
  });
});

process.stdin.resume().on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
server.listen({ host: "127.0.0.1", port: 0, backlog: BACKLOG }, () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
