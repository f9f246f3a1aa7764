/** The cheapest HTTP/1.1 server Node can be: one answer per read, no parsing. It prints its port and ends with stdin. */
import { createServer } from "node:net";

const answer = Buffer.from("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n");
const server = createServer({ noDelay: true }, (socket) => {
  socket.on("error", () => socket.destroy());
  socket.on("data", () => socket.write(answer));
});
process.stdin.resume().on("end", () => process.exit(0));
server.listen({ host: "127.0.0.1", port: 0, backlog: 4_096 }, () => console.log(server.address().port));
