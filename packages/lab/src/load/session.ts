import { alarm } from "./alarm.js";
import { type Arrivals, arrivals } from "./arrivals.js";
import { Backlog, fellBehind } from "./backlog.js";
import { monotonicMs } from "./clock.js";
import type { Connection } from "./connection.js";
import { Connections } from "./connections.js";
import { Fifo } from "./fifo.js";
import type { LoadPlan, LoadResult } from "./plan.js";
import { Tally } from "./tally.js";

/** An arrival handled later than this was not sent as asked, whatever became of it. */
const ON_SCHEDULE_MS = 100;
/**
 * Arrivals closer than this share a wake-up, which bounds what wake-ups cost: two thread switches each, most of the
 * generator's CPU. At high rates that matters more than a tenth of a millisecond.
 */
const LEAST_SLEEP_MS = 0.1;
const LEAST_SLEEP_FAST_MS = 0.25;
const FAST_PER_S = 4_000;
/** Arrivals drawn ahead, so that the alarm is set once for all of them. */
const DRAWN_AHEAD = 256;
const SWEEP_MS = 50;

export interface SessionEvents {
  onConnected(): Promise<void>;
  onWindowStart(): void;
  onWindowEnd(): void;
}

/** One load: opens the connections, lets requests arrive, waits for the last answers. */
export async function runSession(plan: LoadPlan, events: SessionEvents): Promise<LoadResult> {
  const session = new Session(plan, events);
  try {
    return await session.run();
  } finally {
    session.close();
  }
}

class Session {
  readonly #plan: LoadPlan;
  readonly #events: SessionEvents;
  readonly #connections: Connections;
  readonly #queue = new Fifo<number>();
  readonly #alarm = alarm(() => this.#advance(monotonicMs()));
  #tally = new Tally(0, 0);
  #backlog = new Backlog(0, 0);
  #arrivals: Arrivals = () => Number.POSITIVE_INFINITY;
  #drawn: number[] = [];
  #drawnUsed = 0;
  #drawnTo = 0;
  #state: "connecting" | "running" | "draining" | "over" = "connecting";

  // Moments, in monotonic ms.
  #start = 0;
  #windowStart = Number.POSITIVE_INFINITY;
  #windowEnd = Number.POSITIVE_INFINITY;
  #nextArrival = Number.POSITIVE_INFINITY;
  #nextBoundary = Number.POSITIVE_INFINITY;

  // Since the start: requests that arrived, and that left answered or failed. Their difference is in the system.
  #arrived = 0;
  #left = 0;

  #asked = 0;
  #onSchedule = 0;
  #answered = 0;
  #idleLost = 0;
  #connected = 0;
  #queueMax = 0;
  #outstandingAtStart = 0;
  #outstandingAtEnd = 0;
  #cpu = { user: 0, system: 0 };
  #cpuSince = 0;
  #cpuShare = 0;
  #over: () => void = () => undefined;

  constructor(plan: LoadPlan, events: SessionEvents) {
    this.#plan = plan;
    this.#events = events;
    this.#connections = new Connections(plan, {
      onFree: (connection) => this.#free(connection),
      onResponse: (connection, status, bodyMatches) => this.#response(connection, status, bodyMatches),
      onLost: (what, reason) => this.#lost(what, reason),
    });
  }

  async run(): Promise<LoadResult> {
    this.#connected = await this.#connections.open();
    // Too few connections void the cell whatever would follow: no need to keep anybody waiting for it.
    if (this.#connected < this.#plan.connections) return this.#result();
    await this.#events.onConnected();
    const sweep = setInterval(() => this.#sweep(), SWEEP_MS);
    const over = new Promise<void>((resolve) => {
      this.#over = resolve;
    });
    this.#begin();
    await over;
    clearInterval(sweep);
    return this.#result();
  }

  close(): void {
    this.#state = "over";
    this.#connections.close();
    this.#alarm[Symbol.dispose]();
  }

  #begin(): void {
    const { warmupS, durationS, ratePerS, seed, mode } = this.#plan;
    this.#start = monotonicMs() + 5;
    this.#windowStart = this.#start + warmupS * 1_000;
    this.#windowEnd = this.#windowStart + durationS * 1_000;
    this.#nextBoundary = this.#windowStart;
    const { errors } = this.#tally;
    this.#tally = new Tally(this.#windowStart, this.#windowEnd);
    this.#tally.errors.connect = errors.connect;
    this.#backlog = new Backlog(this.#windowStart, this.#windowEnd);
    this.#state = "running";
    if (mode === "open") {
      this.#arrivals = arrivals(this.#plan.arrivals, ratePerS, seed);
      this.#draw();
    } else {
      for (let next = this.#connections.take(); next !== undefined; next = this.#connections.take()) {
        this.#free(next);
      }
      this.#alarm.set([this.#windowStart, this.#windowEnd]);
    }
  }

  /** Draws the next arrivals and sets the alarm for them and for the ends of the window among them. */
  #draw(): void {
    this.#drawnUsed = 0;
    this.#drawn = Array.from({ length: DRAWN_AHEAD }, () => this.#start + this.#arrivals());
    this.#nextArrival = this.#drawn[0] ?? Number.POSITIVE_INFINITY;
    const last = this.#drawn.at(-1) ?? 0;
    const ends = [this.#windowStart, this.#windowEnd].filter((end) => end > this.#drawnTo && end <= last);
    this.#drawnTo = last;
    // Nobody needs waking for a look at the backlog: it changes only in what calls `advance` first, so late looks
    // see the number that they would have seen in time.
    const least = this.#plan.ratePerS > FAST_PER_S ? LEAST_SLEEP_FAST_MS : LEAST_SLEEP_MS;
    this.#alarm.set(
      spaced(
        [...this.#drawn, ...ends].sort((a, b) => a - b),
        least,
      ),
    );
  }

  /** Everything due up to `now`, in the order it was due: arrivals, looks at the backlog, ends of the window. */
  #advance(now: number): void {
    for (;;) {
      const next = Math.min(this.#nextArrival, this.#backlog.next, this.#nextBoundary);
      if (next > now || this.#state !== "running") return;
      if (next === this.#nextBoundary) this.#boundary();
      else if (next === this.#backlog.next) this.#backlog.look(this.#arrived - this.#left);
      else this.#arrival(next, now);
    }
  }

  #arrival(intended: number, now: number): void {
    this.#drawnUsed += 1;
    const following = this.#drawn[this.#drawnUsed];
    if (following === undefined) this.#draw();
    else this.#nextArrival = following;
    this.#arrived += 1;
    if (intended >= this.#windowStart) {
      this.#asked += 1;
      if (now - intended <= ON_SCHEDULE_MS) this.#onSchedule += 1;
    }
    const connection = this.#queue.size === 0 ? this.#connections.take() : undefined;
    if (connection === undefined) {
      this.#queue.push(intended);
      this.#queueMax = Math.max(this.#queueMax, this.#queue.size);
      return;
    }
    this.#tally.lag(intended, now);
    connection.send(intended, now, now - intended);
  }

  #boundary(): void {
    const outstanding = this.#arrived - this.#left;
    if (this.#nextBoundary === this.#windowStart) {
      this.#outstandingAtStart = outstanding;
      this.#nextBoundary = this.#windowEnd;
      this.#cpu = process.cpuUsage();
      this.#cpuSince = monotonicMs();
      this.#events.onWindowStart();
      return;
    }
    this.#outstandingAtEnd = outstanding;
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpuShare = (user + system) / 1_000 / (monotonicMs() - this.#cpuSince);
    this.#state = "draining";
    this.#nextBoundary = Number.POSITIVE_INFINITY;
    this.#nextArrival = Number.POSITIVE_INFINITY;
    this.#backlog.next = Number.POSITIVE_INFINITY;
    this.#events.onWindowEnd();
    this.#checkDrained(this.#windowEnd);
  }

  #free(connection: Connection): void {
    const intended = this.#queue.shift();
    if (intended !== undefined) {
      connection.send(intended, monotonicMs(), 0);
    } else if (this.#plan.mode === "closed" && this.#state === "running") {
      const now = monotonicMs();
      this.#arrived += 1;
      if (this.#tally.includes(now)) {
        this.#asked += 1;
        this.#onSchedule += 1;
      }
      connection.send(now, now, 0);
    } else {
      this.#connections.release(connection);
    }
  }

  #response(connection: Connection, status: number, bodyMatches: boolean): void {
    const now = monotonicMs();
    this.#advance(now);
    this.#left += 1;
    if (status < 200 || status > 299) this.#tally.failed("response", `status ${status}`);
    else if (!bodyMatches) this.#tally.failed("response", "another body than expected");
    else {
      if (this.#tally.includes(now)) this.#answered += 1;
      this.#tally.answered(connection, now);
    }
    this.#checkDrained(now);
  }

  #lost(what: "request" | "connect" | "idle", reason: string): void {
    if (what === "connect") {
      this.#tally.failed("connect", reason);
    } else if (what === "idle") {
      this.#idleLost += 1;
      this.#tally.failed("connect", `idle connection ${reason}`, 0);
    } else {
      const now = monotonicMs();
      this.#advance(now);
      this.#left += 1;
      this.#tally.failed(reason === TIMED_OUT ? "timeout" : "response", reason);
      this.#checkDrained(now);
    }
  }

  #sweep(): void {
    const now = monotonicMs();
    this.#advance(now);
    this.#connections.expire(now - this.#plan.timeoutMs, TIMED_OUT);
    this.#checkDrained(now);
  }

  /** The load is over when all answers came, when waiting longer is pointless, or when the timeout has passed. */
  #checkDrained(now: number): void {
    if (this.#state !== "draining") return;
    const left = this.#arrived - this.#left;
    // Only what `judgeLoad` calls saturated may stay unanswered: else the slowest latencies would be missing.
    const grown = this.#outstandingAtEnd - this.#outstandingAtStart - (this.#asked - this.#onSchedule);
    const hopeless =
      grown > this.#asked * 0.01 && fellBehind(this.#asked, this.#backlog.figures().backlogLow);
    const late = now >= this.#windowEnd + this.#plan.timeoutMs;
    if (left > 0 && !hopeless && !late) return;
    if (left > 0 && late && !hopeless) this.#tally.failed("timeout", TIMED_OUT, left);
    this.#state = "over";
    this.#over();
  }

  #result(): LoadResult {
    return {
      connected: this.#connected - Math.min(this.#connected, this.#idleLost),
      ...this.#tally.figures(),
      ...this.#backlog.figures(),
      asked: this.#asked,
      arrived: this.#onSchedule,
      answered: this.#answered,
      windowS: this.#plan.durationS,
      cpuShare: this.#cpuShare,
      outstandingAtStart: this.#outstandingAtStart,
      outstandingAtEnd: this.#outstandingAtEnd,
      localQueueMax: this.#queueMax,
    };
  }
}

/** Puts moments off until they are `least` ms apart, and leaves out those that an earlier one then covers. */
function spaced(ascending: readonly number[], least: number): number[] {
  const moments: number[] = [];
  let before = 0;
  for (const moment of ascending) {
    if (moment <= before) continue;
    before = Math.max(moment, before + least);
    moments.push(before);
  }
  return moments;
}

const TIMED_OUT = "no answer in time";
