// Answers every HTTP request after a fixed delay, any number of them at once. Leaves when stdin ends.
import { createServer } from "node:http";

const { delayMs } = JSON.parse(process.argv.at(-1));
const server = createServer((_, response) => {
  setTimeout(() => response.end("ok"), delayMs);
});
server.listen({ port: 0, host: "127.0.0.1", backlog: 1024 }, () => {
  console.log(JSON.stringify({ ready: { port: server.address().port } }));
});
process.stdin.on("end", () => process.exit(0)).resume();
