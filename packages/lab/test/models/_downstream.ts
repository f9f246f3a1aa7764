import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** Answers `10\n` with `ok\n` after 10 ms, and counts how it was used. */
export interface Downstream extends AsyncDisposable {
  readonly port: number;
  readonly calls: number;
  readonly sockets: number;
  /** Calls that arrived on a socket whose last one was not yet answered. */
  readonly overlaps: number;
  readonly asked: ReadonlySet<string>;
}

export async function openDownstream(): Promise<Downstream> {
  const open = new Set<Socket>();
  const asked = new Set<string>();
  const counts = { calls: 0, sockets: 0, overlaps: 0 };
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    counts.sockets++;
    let busy = false;
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
    createInterface({ input: socket }).on("line", (line) => {
      counts.calls++;
      asked.add(line);
      if (busy) counts.overlaps++;
      busy = true;
      setTimeout(() => {
        busy = false;
        socket.write("ok\n");
      }, Number(line));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    get calls() {
      return counts.calls;
    },
    get sockets() {
      return counts.sockets;
    },
    get overlaps() {
      return counts.overlaps;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
