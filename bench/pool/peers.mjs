/** Who is measured, with which settings. Names are what `--peers` takes; a family name stands for all of its members. */

const deep = { concurrentTasksPerWorker: 32, queue: "fixed", recordTiming: false };

export const OURS = "heddle";

export const peers = [
  { name: OURS, family: OURS, settings: {} },
  { name: "piscina", family: "piscina", settings: {} },
  { name: "piscina-async", family: "piscina", settings: { atomics: "async" } },
  { name: "piscina-events", family: "piscina", settings: { atomics: "disabled" } },
  { name: "piscina-deep", family: "piscina", settings: deep },
  { name: "piscina-deep-async", family: "piscina", settings: { ...deep, atomics: "async" } },
  { name: "piscina-deep-events", family: "piscina", settings: { ...deep, atomics: "disabled" } },
  { name: "piscina-fifo", family: "piscina", settings: { stricterFIFO: true } },
  { name: "piscina-nice", family: "piscina-nice", module: "piscina", settings: { niceIncrement: 10 } },
  { name: "tinypool", family: "tinypool", settings: {} },
  { name: "workerpool", family: "workerpool", settings: {} },
  { name: "poolifier", family: "poolifier", settings: {} },
  { name: "poolifier-queue", family: "poolifier", settings: { enableTasksQueue: true } },
  { name: "raw-1", family: "raw", settings: { threads: 1 } },
  { name: "raw-2", family: "raw", settings: { threads: 2 } },
  { name: "inline", family: "inline", settings: {} },
];

/**
 * Every setting that can be the best, for rows in which a setting decides. Left out: what only
 * another row can show (a nice value, a strict order), and two that were slower than their sisters in every trial.
 */
const elsewhere = ["piscina-nice", "piscina-fifo", "piscina-async", "poolifier-queue"];
export const everySetting = peers.map((peer) => peer.name).filter((name) => !elsewhere.includes(name));

/** One or two settings a library, for rows in which the work decides. */
export const mainSettings = [
  OURS,
  "piscina",
  "piscina-deep",
  "tinypool",
  "workerpool",
  "poolifier",
  "raw-1",
  "raw-2",
  "inline",
];

/** What `--quick` has time for. */
export const quickSettings = [OURS, "piscina", "piscina-deep", "tinypool", "raw-2"];

export function peerNamed(name) {
  const peer = peers.find((each) => each.name === name);
  if (peer === undefined) {
    throw new RangeError(
      `--peers got "${name}", expected one of ${peers.map((each) => each.name).join(", ")}`,
    );
  }
  return peer;
}

/** Starts a peer's pool in this process. */
export async function openPeer(name) {
  const peer = peerNamed(name);
  const { open } = await import(`./peer/${peer.module ?? peer.family}.mjs`);
  return open(peer.settings);
}
