import { random } from "../statistics/random.js";

const STRATUM_MS = 2;
const PARTS = 10;

/**
 * How many requests are in the system, looked at once in every 2 ms, at a random moment within them: a sample that
 * knows nothing of arrivals and latencies, so that Little's law between the three is a test and not a tautology,
 * and random within its stratum, so that it cannot beat with evenly spaced arrivals.
 */
export class Backlog {
  /** Monotonic ms of the next look; infinite after the window. */
  next: number;
  readonly #from: number;
  readonly #to: number;
  readonly #chance = random(0x10ad);
  readonly #low: number[] = new Array<number>(PARTS).fill(Number.POSITIVE_INFINITY);
  #stratum = 0;
  #sum = 0;
  #count = 0;

  constructor(from: number, to: number) {
    this.#from = from;
    this.#to = to;
    this.next = from + this.#chance.next() * STRATUM_MS;
  }

  look(inSystem: number): void {
    const part = Math.min(
      PARTS - 1,
      Math.floor(((this.next - this.#from) / (this.#to - this.#from)) * PARTS),
    );
    this.#low[part] = Math.min(this.#low[part] ?? inSystem, inSystem);
    this.#sum += inSystem;
    this.#count += 1;
    this.#stratum += 1;
    const next = this.#from + (this.#stratum + this.#chance.next()) * STRATUM_MS;
    this.next = next < this.#to ? next : Number.POSITIVE_INFINITY;
  }

  figures(): { meanInFlight: number; backlogLow: number[] } {
    return {
      meanInFlight: this.#count === 0 ? 0 : this.#sum / this.#count,
      backlogLow: this.#low.map((low) => (Number.isFinite(low) ? low : 0)),
    };
  }
}

/** By how many requests the backlog that never emptied is higher at the end of the window than at its beginning. */
export function backlogGrowth(backlogLow: readonly number[]): number {
  const part = Math.max(1, Math.floor(backlogLow.length / 5));
  return Math.min(...backlogLow.slice(-part)) - Math.min(...backlogLow.slice(0, part));
}

/**
 * Whether a server falls behind rather than stumbles: the least backlog of the last fifth of the window is above that
 * of the first by more than 1 % of all arrivals and more than chance moves a queue (5 standard deviations of a
 * Poisson number). A server that stalls and catches up empties its backlog in between and is not meant.
 */
export function fellBehind(asked: number, backlogLow: readonly number[]): boolean {
  const growth = backlogGrowth(backlogLow);
  const early = Math.min(...backlogLow.slice(0, Math.max(1, Math.floor(backlogLow.length / 5))));
  return growth > asked * 0.01 && growth > 5 * Math.sqrt(early + 1);
}
