import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface Reply {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly tookMs: number;
}

const REPLY_MS = 20_000;

/** One keep-alive connection, one request at a time. */
export class Client {
  readonly #socket: Socket;
  #text = "";
  #closed = false;
  #wake: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("latin1").on("data", (text) => {
      this.#text += text;
      this.#wake();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#closed = true;
      this.#wake();
    });
  }

  static async open(port: number): Promise<Client> {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    await once(socket, "connect");
    return new Client(socket);
  }

  /** Sends the parts of a request with a pause between them, and reads the whole response. */
  async get(...parts: string[]): Promise<Reply> {
    const request = parts.length > 0 ? parts : ["GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"];
    const began = performance.now();
    for (const [i, part] of request.entries()) {
      if (i > 0) await sleep(20);
      this.#socket.write(part);
    }
    const head = await this.#take(() => this.#text.indexOf("\r\n\r\n") + 4, 4);
    const [first = "", ...lines] = head.trimEnd().split("\r\n");
    const headers = new Map(
      lines.map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    const length = Number(headers.get("content-length") ?? Number.NaN);
    const body = await this.#take(() => (this.#text.length >= length ? length : 0), length);
    return { status: Number(first.split(" ")[1]), headers, body, tookMs: performance.now() - began };
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Waits until `end()` is at least `least` and removes that much. */
  async #take(end: () => number, least: number): Promise<string> {
    const deadline = Date.now() + REPLY_MS;
    while (end() < least) {
      if (this.#closed) throw new Error("the server closed the connection");
      if (Date.now() > deadline) throw new Error(`no whole response in ${REPLY_MS} ms; got ${this.#text}`);
      await Promise.race([new Promise<void>((resolve) => (this.#wake = resolve)), sleep(1_000)]);
    }
    const taken = this.#text.slice(0, end());
    this.#text = this.#text.slice(taken.length);
    return taken;
  }
}
