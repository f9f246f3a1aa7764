import { connect, type Socket } from "node:net";
import { ResponseParser } from "./parser.js";

/** What a connection tells its owner. A lost connection says nothing afterwards. */
export interface ConnectionOwner {
  onOpen(connection: Connection): void;
  onResponse(connection: Connection, status: number, bodyMatches: boolean, keepAlive: boolean): void;
  /** Never opened, or lost after that; `connection.busy` tells whether a request was lost with it. */
  onLost(connection: Connection, reason: string): void;
}

export interface Target {
  readonly address: string;
  readonly port: number;
  readonly request: Buffer;
  readonly expectBody: Buffer | null;
}

/** All sockets read into one buffer: it is consumed before the next read can happen. */
const READ_BUFFER = Buffer.allocUnsafeSlow(64 * 1024);

/** One keep-alive connection with at most one request under way. */
export class Connection {
  busy = false;
  opened = false;
  /** Monotonic ms of the request under way: when it should have been sent, and when it was. */
  intended = 0;
  sent = 0;
  /** By how much the generator itself was late with it. */
  late = 0;
  #lost = false;
  readonly #socket: Socket;
  readonly #request: Buffer;
  readonly #owner: ConnectionOwner;

  constructor(target: Target, owner: ConnectionOwner) {
    this.#request = target.request;
    this.#owner = owner;
    const parser = new ResponseParser(target.expectBody, (status, bodyMatches, keepAlive) => {
      if (this.#lost) return;
      if (!this.busy) this.lose("a response came that nothing had asked for");
      else owner.onResponse(this, status, bodyMatches, keepAlive);
    });
    this.#socket = connect({
      host: target.address,
      port: target.port,
      noDelay: true,
      onread: {
        buffer: READ_BUFFER,
        callback: (size, bytes) => {
          const wrong = parser.push(bytes as Buffer, size);
          if (wrong !== null) this.lose(wrong);
          return true;
        },
      },
    });
    this.#socket.on("connect", () => {
      this.opened = true;
      owner.onOpen(this);
    });
    this.#socket.on("error", (error: NodeJS.ErrnoException) => this.lose(error.code ?? error.message));
    this.#socket.on("end", () => this.lose("closed by the server"));
    this.#socket.on("close", () => this.lose("closed by the server"));
  }

  get usable(): boolean {
    return !this.#lost;
  }

  send(intended: number, now: number, late: number): void {
    this.busy = true;
    this.late = late;
    this.intended = intended;
    this.sent = now;
    this.#socket.write(this.#request);
  }

  /** Gives the connection up and tells the owner, once. */
  lose(reason: string): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#socket.destroy();
    this.#owner.onLost(this, reason);
  }

  /** Ends the connection without telling anybody. */
  close(): void {
    this.#lost = true;
    this.#socket.destroy();
  }
}
