import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ResponseParser } from "../../src/load/parser.js";

interface Seen {
  readonly responses: { status: number; matches: boolean; keepAlive: boolean }[];
  readonly wrong: string | null;
  readonly idle: boolean;
}

/** Feeds the text in pieces cut at `cuts`, through one reused buffer that holds rubbish beyond each piece. */
function parse(text: string, cuts: readonly number[], expected: string | null): Seen {
  const responses: Seen["responses"] = [];
  const parser = new ResponseParser(
    expected === null ? null : Buffer.from(expected),
    (status, matches, keepAlive) => responses.push({ status, matches, keepAlive }),
  );
  const bytes = Buffer.from(text, "latin1");
  const buffer = Buffer.alloc(bytes.length + 64, "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
  const ends = [...new Set([...cuts, bytes.length])]
    .sort((a, b) => a - b)
    .filter((end) => end <= bytes.length);
  let from = 0;
  let wrong: string | null = null;
  for (const end of ends) {
    bytes.copy(buffer, 0, from, end);
    wrong ??= parser.push(buffer, end - from);
    from = end;
  }
  return { responses, wrong, idle: parser.idle };
}

const withLength = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-length: 5\r\n\r\nhello";
const chunked =
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;note=x\r\nhe\r\n3\r\nllo\r\n0\r\nTrailer: t\r\n\r\n";
const interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
const empty = "HTTP/1.1 204 No Content\r\n\r\n";

for (const [name, text, expected] of [
  ["a response with Content-Length", withLength, "hello"],
  ["a chunked response", chunked, "hello"],
  ["an interim response before the real one", interim + withLength, "hello"],
  ["a response without a body", empty, ""],
] as const) {
  test(`${name} is read whole wherever it is cut in two`, () => {
    for (let cut = 0; cut <= text.length; cut++) {
      const seen = parse(text, [cut], expected);
      assert.equal(seen.wrong, null, `cut at ${cut}: ${seen.wrong}`);
      assert.deepEqual([seen.responses.length, seen.responses[0]?.matches, seen.idle], [1, true, true]);
    }
  });
}

test("pipelined responses are all read, however the stream is cut", () => {
  const part = fc.constantFrom(withLength, chunked, interim + chunked);
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(900), { maxLength: 30 }),
      (parts, cuts) => {
        const seen = parse(parts.join(""), cuts, "hello");
        assert.equal(seen.wrong, null);
        assert.equal(seen.responses.length, parts.length);
        assert.ok(seen.idle && seen.responses.every((response) => response.matches));
      },
    ),
  );
});

test("every byte on its own gives the same answer", () => {
  const text = interim + chunked + withLength;
  const seen = parse(
    text,
    Array.from({ length: text.length }, (_, at) => at),
    "hello",
  );
  assert.deepEqual([seen.wrong, seen.responses.length], [null, 2]);
});

test("another body, a longer one and a shorter one do not match", () => {
  for (const expected of ["hellx", "hell", "hello!", ""]) {
    for (const text of [withLength, chunked]) {
      assert.equal(parse(text, [], expected).responses[0]?.matches, false, `expected ${expected}`);
    }
  }
});

test("status and keep-alive are told for every response", () => {
  const closing = "HTTP/1.1 503 Busy\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n";
  assert.deepEqual(parse(closing, [], null).responses, [{ status: 503, matches: true, keepAlive: false }]);
  const old = "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n";
  assert.equal(parse(old, [], null).responses[0]?.keepAlive, false);
});

for (const [name, text] of [
  ["a stream that is not HTTP", "SSH-2.0-OpenSSH_9.2\r\n"],
  ["a status line without a status", "HTTP/1.1 OK\r\n\r\n"],
  ["a header line without a colon", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n"],
  ["a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"],
  ["two different lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"],
  ["a body that ends with the connection", "HTTP/1.1 200 OK\r\n\r\nhello"],
  ["an unknown transfer encoding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"],
  ["a chunk size that is no number", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"],
  ["a chunk longer than it says", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"],
  ["endless headers", `HTTP/1.1 200 OK\r\nX: ${"x".repeat(70_000)}`],
  ["an endless chunk line", `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;${"x".repeat(9_000)}`],
] as const) {
  test(`${name} is an error, wherever it is cut`, () => {
    for (const cuts of [[], [1], [9], [20], [text.length - 1]]) {
      assert.notEqual(parse(text, cuts, null).wrong, null);
    }
  });
}

test("random bytes are an error or still wait for more, never an exception", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.array(fc.nat(400)), (text, cuts) => {
      const seen = parse(text, cuts, null);
      if (text.length >= 7 && !text.startsWith("HTTP/1.")) assert.notEqual(seen.wrong, null);
    }),
  );
});

test("after any cut of a valid stream plus rubbish the rubbish is an error", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200)), (cuts) => {
      const seen = parse(`${withLength}rubbish that goes on`, cuts, "hello");
      assert.equal(seen.responses.length, 1);
      assert.notEqual(seen.wrong, null);
    }),
  );
});
