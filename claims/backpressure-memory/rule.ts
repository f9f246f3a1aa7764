import { confirmed, type Decision, effect, refuted, undecided } from "@heddle/claims";

/** Of what can pile up: from this share on memory grows with what is written, */
const WITH_IT = 0.8;
/** and up to this share it has a bound. */
const BOUNDED = 0.2;

export type BackpressureMemory = {
  /** Written in all, one value per run, the last some times the first. */
  readonly writtenMb: readonly number[];
  /** Held at most: write() ignored, `drain` awaited, sent into a bounded channel. */
  readonly ignoredMb: readonly number[];
  readonly drainMb: readonly number[];
  readonly channelMb: readonly number[];
  readonly capacity: number;
};

/** How much of each further MB written stays in memory. */
function slope(writtenMb: readonly number[], heldMb: readonly number[]): number {
  const first = { written: writtenMb[0] ?? 0, held: heldMb[0] ?? 0 };
  const last = { written: writtenMb.at(-1) ?? 0, held: heldMb.at(-1) ?? 0 };
  return (last.held - first.held) / (last.written - first.written);
}

/** The reader takes one of four: at most three quarters of what is written can pile up, and that is a slope of 1 here. */
const MOST = 0.75;

export function decide(numbers: BackpressureMemory): Decision {
  const { writtenMb, ignoredMb, drainMb, channelMb, capacity } = numbers;
  const list = (values: readonly number[]): string => values.map((mb) => mb.toFixed(1)).join(", ");
  const grows = slope(writtenMb, ignoredMb) / MOST;
  const cured = Math.max(slope(writtenMb, drainMb), slope(writtenMb, channelMb)) / MOST;
  const why = `of ${writtenMb.map((mb) => mb.toFixed(0)).join(", ")} MB written to a reader four times as slow, ${list(ignoredMb)} MB were held at once when write() was ignored; ${list(drainMb)} MB when drain was awaited; ${list(channelMb)} MB in a channel for ${capacity} chunks`;
  const measured = effect(
    "held at most, backpressure ignored to awaited drain, longest run",
    (ignoredMb.at(-1) ?? 0) / Math.max(drainMb.at(-1) ?? 0, 0.01),
    "×",
  );
  if (grows <= BOUNDED) return refuted(why, measured);
  if (cured <= BOUNDED && grows >= WITH_IT) return confirmed(why, measured);
  return undecided(why, measured);
}
