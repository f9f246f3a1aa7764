/** What every peer runs in its workers: the same functions, one argument each, so that no peer's calling style matters. */

/** The smallest task that can still be answered wrongly. */
export function tiny(n) {
  return n + 1;
}

/** CPU work of a fixed length in rounds, not in time: a thread that lost its core has as much left to do as before. */
export function work(rounds) {
  let x = 1;
  for (let round = 0; round < rounds; round++) {
    x = (Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + round) | 0;
  }
  return x >>> 0;
}

/** `work`, and when it ran: hrtime is one clock for all threads of a process, performance.now() is not. */
export function timedWork(rounds) {
  const startUs = nowUs();
  const sum = work(rounds);
  return { sum, startUs, endUs: nowUs() };
}

export function echo(bytes) {
  return bytes;
}

/** More than are in flight: a result given away this many calls ago has been sent, however the library batches. */
const SENT_AFTER = 8;
const given = [];

/**
 * Before bytes are moved back: byte 4 says whether a buffer that this worker gave away some calls ago still has its
 * content here, which means that the library copied instead of moving.
 */
export function markCopies(bytes) {
  const sent = given.length === SENT_AFTER ? given.shift() : undefined;
  bytes[4] = sent !== undefined && sent.byteLength > 0 ? 1 : 0;
  given.push(bytes);
  return bytes;
}

export function nowUs() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e6 + nanoseconds / 1e3;
}
