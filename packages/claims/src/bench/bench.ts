import type { Footprint, Random, Runtime, TreeCounter } from "@heddle/lab";
import type { LoadAnswer, LoadOptions } from "./load.js";
import type { Outcome } from "./outcome.js";

export type Args = Readonly<Record<string, unknown>>;

export interface RunOptions {
  /** After so long the program's whole tree is killed, and the outcome says `time`. Default 20 s. */
  readonly withinMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Only these CPUs: positions in `bench.cpus`, so `[0]` is the first that we may use. */
  readonly cpus?: readonly number[];
  /** Another runtime than the one found, such as one of `bench.pythons()`. */
  readonly interpreter?: string;
  /** Switches of the runtime, before the file: `["--expose-gc"]`. Only for interpreted languages. */
  readonly flags?: readonly string[];
  readonly stdin?: string;
}

/** A program that obeys the `ready` line: it prints `{"ready":{}}`, works, and leaves when its stdin ends. */
export interface Started extends AsyncDisposable {
  readonly pid: number;
  readonly port: number | undefined;
  send(line: string): void;
  /** The next `{"result":{...}}` line. */
  result(withinMs?: number): Promise<Outcome["result"]>;
  /** Memory of its whole tree now: private and shared pages, kernel stacks, page tables. */
  memory(): Footprint;
  /** Its CPU time and context switches from now on. */
  count(): TreeCounter;
  /** Ends its stdin, waits, kills what is left. Done by the bench after the run in any case. */
  stop(): Promise<void>;
}

/** What `measure` gets: it starts programs of the claim's folder, and nothing it starts outlives the run. */
export interface Bench {
  /** Of this run: the same seed of `heddle claims` gives the same. */
  readonly seed: number;
  readonly random: Random;
  /** True under --quick: choose the smaller size that still decides. */
  readonly quick: boolean;
  readonly cores: number;
  readonly cpus: readonly number[];
  readonly memoryMb: number;
  readonly signal: AbortSignal;
  has(file: string): boolean;
  /** The version of the runtime that `file` runs on. */
  version(file: string): string;
  /** Runs a program of the folder to its end (or its limit); its last argument is `args` as JSON. */
  run(file: string, args?: Args, options?: RunOptions): Promise<Outcome>;
  /** The same, and throws ProgramFailure unless it ended by itself with code 0. */
  must(file: string, args?: Args, options?: RunOptions): Promise<Outcome>;
  start(file: string, args?: Args, options?: Omit<RunOptions, "stdin">): Promise<Started>;
  /** Open-loop HTTP load on 127.0.0.1, latency from the intended moment of sending. */
  load(options: LoadOptions): Promise<LoadAnswer>;
  /** Every CPython found, oldest first. */
  pythons(): Promise<readonly (Runtime & { readonly freeThreaded: boolean })[]>;
  sleep(ms: number): Promise<void>;
}
