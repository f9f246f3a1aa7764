import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { Connection, type ConnectionOwner, type Target } from "./connection.js";
import { Fifo } from "./fifo.js";
import type { LoadPlan } from "./plan.js";

/** At most so many handshakes under way: a listen queue of the usual 511 never overflows because of us. */
const CONNECTING_AT_ONCE = 128;
const RETRY_MS = 100;
/** Opening ends when no connection was opened for so long. */
const PATIENCE_MS = 10_000;

export interface ConnectionsOwner {
  /** A connection is free to send; the owner sends on it at once or gives it back with `release`. */
  onFree(connection: Connection): void;
  onResponse(connection: Connection, status: number, bodyMatches: boolean): void;
  /** request: lost with its connection. connect: not opened. idle: closed by the server between requests. */
  onLost(what: "request" | "connect" | "idle", reason: string): void;
}

/** A fixed number of keep-alive connections. Lost ones are replaced, at the pace of the first opening. */
export class Connections implements ConnectionOwner {
  readonly #plan: LoadPlan;
  readonly #owner: ConnectionsOwner;
  readonly #idle = new Fifo<Connection>();
  readonly #open = new Set<Connection>();
  readonly #connecting = new Set<Connection>();
  #addresses: string[] = [];
  #failures = 0;
  /** Connections still to be opened, beside those being opened. */
  #wanted = 0;
  #opening: { done: () => void; failuresLeft: number; patience: NodeJS.Timeout } | undefined;
  #closed = false;

  constructor(plan: LoadPlan, owner: ConnectionsOwner) {
    this.#plan = plan;
    this.#owner = owner;
  }

  /**
   * Opens all connections, as far as the server lets us; resolves with how many are open.
   * @throws Error when the host name is unknown.
   */
  async open(): Promise<number> {
    const { host, connections } = this.#plan;
    const found = isIP(host) === 0 ? await lookup(host, { all: true }) : [{ address: host }];
    this.#addresses = found.map(({ address }) => address);
    await new Promise<void>((done) => {
      const failuresLeft = 3 * this.#addresses.length + Math.floor(connections / 10);
      this.#opening = { done, failuresLeft, patience: setTimeout(done, PATIENCE_MS) };
      this.#wanted = connections;
      this.#connect();
    });
    clearTimeout(this.#opening?.patience);
    this.#opening = undefined;
    return this.#open.size;
  }

  /** The connection that has been idle longest, so that all of them are used in turn. */
  take(): Connection | undefined {
    for (;;) {
      const connection = this.#idle.shift();
      if (connection === undefined || connection.usable) return connection;
    }
  }

  release(connection: Connection): void {
    this.#idle.push(connection);
  }

  /** Calls `onLost` for every request that was sent before `sentBefore` (monotonic ms) and is still unanswered. */
  expire(sentBefore: number, reason: string): void {
    for (const connection of [...this.#open]) {
      if (connection.busy && connection.sent < sentBefore) connection.lose(reason);
    }
  }

  close(): void {
    this.#closed = true;
    for (const connection of [...this.#open, ...this.#connecting]) connection.close();
  }

  #connect(): void {
    while (!this.#closed && this.#wanted > 0 && this.#connecting.size < CONNECTING_AT_ONCE) {
      this.#wanted -= 1;
      // A name may have addresses on which nobody listens: a failure moves on to the next one.
      const address = this.#addresses[this.#failures % this.#addresses.length] ?? this.#plan.host;
      this.#connecting.add(new Connection(this.#target(address), this));
    }
  }

  #targets = new Map<string, Target>();

  #target(address: string): Target {
    const known = this.#targets.get(address);
    if (known !== undefined) return known;
    const { host, port, path, expectBody } = this.#plan;
    const name = host.includes(":") ? `[${host}]` : host;
    const target: Target = {
      address,
      port,
      request: Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${name}:${port}\r\n\r\n`, "latin1"),
      expectBody: expectBody === null ? null : Buffer.from(expectBody),
    };
    this.#targets.set(address, target);
    return target;
  }

  onOpen(connection: Connection): void {
    this.#connecting.delete(connection);
    this.#open.add(connection);
    this.#opening?.patience.refresh();
    this.#owner.onFree(connection);
    this.#connect();
    this.#settle();
  }

  onResponse(connection: Connection, status: number, bodyMatches: boolean, keepAlive: boolean): void {
    connection.busy = false;
    this.#owner.onResponse(connection, status, bodyMatches);
    if (!keepAlive) connection.lose("closed by the server after a response");
    else if (connection.usable) this.#owner.onFree(connection);
  }

  onLost(connection: Connection, reason: string): void {
    const opened = this.#open.delete(connection);
    this.#connecting.delete(connection);
    if (this.#closed) return;
    if (opened) {
      this.#owner.onLost(connection.busy ? "request" : "idle", reason);
      this.#wanted += 1;
      this.#connect();
      return;
    }
    this.#failures += 1;
    this.#owner.onLost("connect", reason);
    if (this.#opening !== undefined && this.#opening.failuresLeft-- <= 0) this.#settle();
    else setTimeout(() => this.#retry(), RETRY_MS);
  }

  #retry(): void {
    this.#wanted += 1;
    this.#connect();
  }

  #settle(): void {
    const opening = this.#opening;
    if (opening === undefined) return;
    if (this.#open.size === this.#plan.connections || opening.failuresLeft < 0) opening.done();
  }
}
