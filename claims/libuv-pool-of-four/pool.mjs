// Holds threads of libuv's pool by opening FIFOs that nobody writes to (no CPU is used), asks for other operations behind
// them, and lets the FIFOs go after `holdMs`: an operation of the pool waits until then, any other is done before.
import { execFileSync } from "node:child_process";
import { pbkdf2 } from "node:crypto";
import { createSocket } from "node:dgram";
import { promises as dns, lookup } from "node:dns";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, open, openSync, rmSync, stat, writeFile } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";

const LIMIT_MS = 2_500;
const { hold, holdMs } = JSON.parse(process.argv.at(-1));
const dir = mkdtempSync(join(tmpdir(), "heddle-pool-"));
const fifos = Array.from({ length: hold }, (_, at) => join(dir, `fifo-${at}`));
if (hold > 0) execFileSync("mkfifo", fifos);
/** Opening for both ends never waits, and lets the readers in. */
const release = () => fifos.splice(0).map((path) => openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
process.on("exit", () => {
  release(); // Node joins the threads of the pool when it leaves
  rmSync(dir, { recursive: true, force: true });
});
setTimeout(() => process.exit(1), LIMIT_MS).unref();

const echo = createServer((socket) => socket.pipe(socket));
await once(echo.listen(0, "127.0.0.1"), "listening");
const unix = createServer((socket) => socket.pipe(socket));
await once(unix.listen(join(dir, "socket")), "listening");
const datagrams = createSocket("udp4");
datagrams.on("message", (message, from) => datagrams.send(message, from.port, from.address));
await once(datagrams.bind(0, "127.0.0.1"), "listening");
const names = createSocket("udp4");
names.on("message", (query, from) => names.send(answerTo(query), from.port, from.address));
await once(names.bind(0, "127.0.0.1"), "listening");
const resolver = new dns.Resolver({ timeout: 5_000, tries: 1 });
resolver.setServers([`127.0.0.1:${names.address().port}`]);

/** The query with one A record behind it: 127.0.0.1, for the name at offset 12. */
function answerTo(query) {
  const end = query.indexOf(0, 12) + 5; // the name's last byte, then its type and class
  const head = Buffer.from(query.subarray(0, end));
  head.writeUInt16BE(0x8180, 2); // an answer without error
  head.writeUInt16BE(1, 6); // of one record
  head.writeUInt16BE(0, 10); // and nothing more
  return Buffer.concat([head, Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1])]);
}

async function echoed(to) {
  const socket = connect(to);
  socket.write("x");
  await once(socket, "data");
  socket.destroy();
}

async function datagram() {
  const socket = createSocket("udp4");
  socket.send("x", datagrams.address().port, "127.0.0.1");
  await once(socket, "message");
  socket.close();
}

const operations = {
  "fs.stat": () => promisify(stat)(dir),
  "fs.writeFile": () => promisify(writeFile)(join(dir, "file"), "x"),
  "dns.lookup": () => promisify(lookup)("localhost"),
  "dns.resolve": () => resolver.resolve4("heddle.test"),
  "a TCP echo": () => echoed({ port: echo.address().port, host: "127.0.0.1" }),
  "a UDP echo": datagram,
  "a Unix socket echo": () => echoed({ path: join(dir, "socket") }),
  "crypto.pbkdf2": () => promisify(pbkdf2)("secret", "salt", 1, 16, "sha256"),
  "zlib.deflate": () => promisify(deflate)(Buffer.alloc(100)),
};

for (const operation of Object.values(operations)) await operation(); // loads what is loaded at the first use
const held = fifos.map((path) => promisify(open)(path, "r"));
const startedAt = performance.now();

const took = Promise.all(
  Object.values(operations).map(async (operation) => {
    await operation();
    return performance.now() - startedAt;
  }),
);
setTimeout(() => {
  const writers = release();
  Promise.all(held).then((readers) => [...readers, ...writers].forEach((file) => void closeSync(file)));
}, holdMs);
const result = { names: Object.keys(operations).join("|"), ms: await took };
process.stdout.write(`${JSON.stringify({ result })}\n`, () => process.exit(0));
