// A server with a given backlog. Its first connection makes its loop busy for a while; then it accepts whoever comes.
import { createServer } from "node:net";

const { backlog, busyMs } = JSON.parse(process.argv.at(-1));
const never = new Int32Array(new SharedArrayBuffer(4));
let accepted = 0;

const server = createServer({ pauseOnConnect: true }, (socket) => {
  socket.on("error", () => {}); // who connects leaves without a word
  accepted += 1;
  if (accepted === 1) Atomics.wait(never, 0, 0, busyMs);
});
server.listen({ port: 0, host: "127.0.0.1", backlog }, () => {
  console.log(JSON.stringify({ ready: { port: server.address().port } }));
});
process.stdin.on("end", () => process.exit(0)).resume();
