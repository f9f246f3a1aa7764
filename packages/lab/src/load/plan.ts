import { z } from "zod";

/** One run of the load generator. Times are in the unit their name ends with. */
export const loadPlan = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  path: z.string().startsWith("/"),
  /** Keep-alive connections, all opened before the first request. */
  connections: z.int().min(1).max(65_535),
  /** Arrivals per second over all connections; without effect in closed mode. */
  ratePerS: z.number().positive(),
  arrivals: z.enum(["poisson", "constant", "bursty"]),
  seed: z.int(),
  warmupS: z.number().min(0),
  durationS: z.number().positive(),
  /** How long a sent request may stay unanswered before it counts as failed and its connection is replaced. */
  timeoutMs: z.number().positive(),
  /** The exact body of every response, or null when any will do. */
  expectBody: z.string().nullable(),
  /** open: arrivals do not wait for responses. closed: each connection sends as soon as it was answered. */
  mode: z.enum(["open", "closed"]),
  /** Scheduling priority of the generator, -20..19; below 0 also real-time. Not being allowed is no error. */
  nice: z.int().min(-20).max(19).nullable(),
  /** Processors for `taskset --cpu-list`, such as "1", or null for all. */
  cpus: z
    .string()
    .regex(/^[0-9,-]+$/)
    .nullable(),
});

/** What one run measured. Counts are about the measured window unless said otherwise. */
export const loadResult = z.object({
  /** Connections opened before the start that the server did not close while they were idle. */
  connected: z.int(),
  errors: z.object({ connect: z.int(), response: z.int(), timeout: z.int() }),
  /** The first few distinct reasons. */
  errorDetail: z.string().nullable(),
  /** Arrivals scheduled in the window. */
  asked: z.int(),
  /** Of those, arrivals the generator dealt with inside the window: sent, or queued as all connections were busy. */
  arrived: z.int(),
  /** Responses, right ones, that came inside the window. */
  answered: z.int(),
  windowS: z.number(),
  /** Encoded histograms of the requests that arrived in the window: from the intended and from the actual send. */
  latency: z.string(),
  rawLatency: z.string(),
  /** The latency had the generator never been late itself: what remains is the server and the queue in front of it. */
  promptLatency: z.string(),
  /** By second of intended send. */
  perSecond: z.array(z.object({ second: z.int(), count: z.int(), p50Ms: z.number(), p99Ms: z.number() })),
  /** How late the generator dealt with arrivals that found an idle connection. */
  sendLagMs: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  /** CPU time of the generator with all its threads, as a share of one core. */
  cpuShare: z.number(),
  /** Time average of requests in the system, client queue included, sampled on a clock of its own. */
  meanInFlight: z.number(),
  outstandingAtStart: z.int(),
  outstandingAtEnd: z.int(),
  /** Lowest number of requests in the system in each tenth of the window: a backlog that only grows shows here. */
  backlogLow: z.array(z.int()),
  /** Most requests that ever waited for an idle connection. */
  localQueueMax: z.int(),
});

export type LoadPlan = z.infer<typeof loadPlan>;
export type LoadResult = z.infer<typeof loadResult>;
