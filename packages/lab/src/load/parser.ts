/** Called once per response, in order. */
export type OnResponse = (status: number, bodyMatches: boolean, keepAlive: boolean) => void;

interface Head {
  readonly status: number;
  readonly keepAlive: boolean;
  readonly length: number;
  readonly chunked: boolean;
}

type State = "head" | "body" | "chunk-size" | "chunk-data" | "chunk-end" | "trailer";

const HEAD_LIMIT = 64 * 1024;
const LINE_LIMIT = 8 * 1024;
const START = "HTTP/1.";

/**
 * The responses of one keep-alive connection, read from pieces of any size: status line, Content-Length or chunked.
 * Bodies are compared as they pass, never kept. A response that could only end with its connection is an error here,
 * because on keep-alive connections it would mean that every request opens a new one.
 */
export class ResponseParser {
  readonly #onResponse: OnResponse;
  readonly #expected: Buffer | null;
  #state: State = "head";
  #held = "";
  #head: Head = { status: 0, keepAlive: true, length: 0, chunked: false };
  #left = 0;
  #bodyAt = 0;
  #bodyMatches = true;
  #lastText = "";
  #lastHead: Head | null = null;

  constructor(expected: Buffer | null, onResponse: OnResponse) {
    this.#expected = expected;
    this.#onResponse = onResponse;
  }

  /** True between two responses. */
  get idle(): boolean {
    return this.#state === "head" && this.#held === "";
  }

  /** Reads the first `end` bytes, which may be overwritten afterwards. Returns what is wrong with them, or null. */
  push(bytes: Buffer, end: number): string | null {
    let at = 0;
    while (at < end) {
      const next = this.#step(bytes, at, end);
      if (typeof next === "string") return next;
      at = next;
    }
    return null;
  }

  #step(bytes: Buffer, at: number, end: number): number | string {
    switch (this.#state) {
      case "head":
        return this.#readHead(bytes, at, end);
      case "body":
      case "chunk-data":
        return this.#readBody(bytes, at, end);
      default:
        return this.#readLine(bytes, at, end);
    }
  }

  #readHead(bytes: Buffer, at: number, end: number): number | string {
    if (this.#held === "") {
      const found = bytes.indexOf("\r\n\r\n", at, "latin1");
      if (found !== -1 && found + 4 <= end) {
        return this.#startBody(bytes.toString("latin1", at, found)) ?? found + 4;
      }
    }
    const before = this.#held.length;
    const text = this.#held + bytes.toString("latin1", at, end);
    const found = text.indexOf("\r\n\r\n", Math.max(0, before - 3));
    if (found === -1) {
      if (!text.startsWith(START.slice(0, text.length))) return notHttp(text);
      if (text.length > HEAD_LIMIT) return `response headers are longer than ${HEAD_LIMIT} bytes`;
      this.#held = text;
      return end;
    }
    this.#held = "";
    return this.#startBody(text.slice(0, found)) ?? at + (found + 4 - before);
  }

  #startBody(text: string): string | null {
    // Servers repeat their headers; comparing is many times cheaper than parsing.
    const head = text === this.#lastText && this.#lastHead !== null ? this.#lastHead : parseHead(text);
    if (typeof head === "string") return head;
    this.#lastText = text;
    this.#lastHead = head;
    this.#head = head;
    this.#bodyAt = 0;
    this.#bodyMatches = true;
    if (head.status < 200) return null; // an interim response: the real one follows
    this.#left = head.length;
    this.#state = head.chunked ? "chunk-size" : "body";
    if (!head.chunked && head.length === 0) this.#finish();
    return null;
  }

  #readBody(bytes: Buffer, at: number, end: number): number {
    const size = Math.min(this.#left, end - at);
    this.#compare(bytes, at, size);
    this.#left -= size;
    if (this.#left === 0) {
      if (this.#state === "body") this.#finish();
      else this.#state = "chunk-end";
    }
    return at + size;
  }

  #compare(bytes: Buffer, at: number, size: number): void {
    const expected = this.#expected;
    if (expected === null) return;
    const to = this.#bodyAt + size;
    this.#bodyMatches &&=
      to <= expected.length && expected.compare(bytes, at, at + size, this.#bodyAt, to) === 0;
    this.#bodyAt = to;
  }

  #readLine(bytes: Buffer, at: number, end: number): number | string {
    const found = bytes.indexOf(10, at);
    const stop = found === -1 || found >= end ? end : found + 1;
    this.#held += bytes.toString("latin1", at, stop);
    if (this.#held.length > LINE_LIMIT) return `a line of a chunked body is longer than ${LINE_LIMIT} bytes`;
    if (!this.#held.endsWith("\n")) return stop;
    const line = this.#held;
    this.#held = "";
    return this.#takeLine(line) ?? stop;
  }

  #takeLine(line: string): string | null {
    if (!line.endsWith("\r\n")) return "a line of a chunked body does not end with CRLF";
    const text = line.slice(0, -2);
    if (this.#state === "chunk-end") {
      this.#state = "chunk-size";
      return text === "" ? null : "a chunk is longer than its size says";
    }
    if (this.#state === "trailer") {
      if (text === "") this.#finish();
      return null;
    }
    const size = /^([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?$/.exec(text)?.[1];
    if (size === undefined) return `a chunk has no valid size: ${JSON.stringify(text.slice(0, 40))}`;
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left === 0 ? "trailer" : "chunk-data";
    return null;
  }

  #finish(): void {
    this.#state = "head";
    const matches = this.#expected === null || (this.#bodyMatches && this.#bodyAt === this.#expected.length);
    this.#onResponse(this.#head.status, matches, this.#head.keepAlive);
  }
}

function parseHead(text: string): Head | string {
  const lines = text.split("\r\n");
  const status = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: .*)?$/.exec(lines[0] ?? "");
  if (status === null) return notHttp(text);
  const code = Number(status[2]);
  let keepAlive = status[1] === "1";
  let length: number | null = null;
  let chunked = false;
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(":");
    if (colon < 1) return `a header line without a name: ${JSON.stringify(line.slice(0, 40))}`;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "content-length") {
      if (!/^\d{1,15}$/.test(value) || (length !== null && length !== Number(value))) {
        return `Content-Length is ${JSON.stringify(value.slice(0, 40))}`;
      }
      length = Number(value);
    } else if (name === "transfer-encoding") {
      if (value.toLowerCase() !== "chunked")
        return `Transfer-Encoding is ${JSON.stringify(value.slice(0, 40))}`;
      chunked = true;
    } else if (name === "connection") {
      const options = value.toLowerCase();
      if (options.includes("close")) keepAlive = false;
      else if (options.includes("keep-alive")) keepAlive = true;
    }
  }
  if (code < 200 || code === 204 || code === 304)
    return { status: code, keepAlive, length: 0, chunked: false };
  if (chunked) return { status: code, keepAlive, length: 0, chunked: true };
  if (length === null) return "a response has neither Content-Length nor chunked encoding";
  return { status: code, keepAlive, length, chunked: false };
}

function notHttp(text: string): string {
  return `not an HTTP/1.1 response: ${JSON.stringify(text.slice(0, 40))}`;
}
