import { captureStack } from "../group/config.js";
import type { Registration } from "../metrics/registry.js";
import { AutoPlace } from "./auto.js";
import { poolEvents } from "./events.js";
import { callsOf } from "./handle-calls.js";
import { threadLeaks } from "./handle-leaks.js";
import { moduleUrl } from "./handle-module.js";
import type { TaskPool, TaskStream } from "./handle-type.js";
import { unheardErrors } from "./handle-unheard.js";
import { type MapOptions, mapOver } from "./map.js";
import { observers } from "./observe.js";
import type { PoolOptions, RunOptions } from "./options.js";
import { checkMapNames, checkRunNames } from "./options-names.js";
import { Pool } from "./pool.js";
import { type PoolStats, registerPool, statsOf } from "./stats.js";
import { Meter } from "./stats-meter.js";
import { streamFrom } from "./stream.js";
import type { UntypedModule } from "./types.js";

/**
 * Opens a pool of worker threads for the exported functions of a module: `pool<typeof import("./tasks.js")>(new
 * URL("./tasks.js", import.meta.url))`. Nothing is registered; the types come from the module.
 *
 * `threads.min` threads start now (one per core unless told). A pool keeps the process alive only while a call of it is
 * pending. Close it (`await using`) to end its threads.
 * @throws BadOptionError naming the option, what it got and what it takes.
 */
export function pool<M = UntypedModule>(module: URL | string, options: PoolOptions = {}): TaskPool<M> {
  return new Handle(moduleUrl(module), options) as unknown as TaskPool<M>;
}

/** What `pool` gives, without its types. `run` adds one call to the engine's, and nothing else. */
class Handle {
  readonly name: string;
  readonly #pool: Pool;
  readonly #meter = new Meter();
  /** Only with `place: "auto"`. */
  readonly #auto: AutoPlace | undefined;
  readonly #call: ReturnType<typeof callsOf>;
  readonly #registration: Registration;

  constructor(module: string, options: PoolOptions) {
    const openedAt = captureStack(pool);
    let auto: AutoPlace | undefined;
    this.#pool = new Pool(module, options, ({ name, place }) => {
      if (place === "auto") auto = new AutoPlace(module);
      const told = [poolEvents(name), unheardErrors(name), threadLeaks(name, openedAt)];
      return observers([this.#meter, ...told, auto ?? {}]);
    });
    this.#auto = auto;
    this.name = this.#pool.settings.name;
    this.#call = callsOf((name, args) => this.run(name, args));
    this.#registration = registerPool(this.#pool, this.#meter, auto);
  }

  run(name: string, args?: readonly unknown[], options?: RunOptions): Promise<unknown> {
    if (options !== undefined) {
      try {
        checkRunNames(name, options);
      } catch (error) {
        return Promise.reject(error);
      }
    }
    if (this.#auto !== undefined) return this.#auto.run(this.#pool, name, args, options);
    return this.#pool.run(name, args, options);
  }

  get call(): ReturnType<typeof callsOf> {
    return this.#call;
  }

  map(
    name: string,
    items: Iterable<unknown> | AsyncIterable<unknown>,
    options?: MapOptions,
  ): TaskStream<unknown> {
    if (options !== undefined) checkMapNames(options);
    return mapOver(this.#pool, name, items, options);
  }

  stream(name: string, args?: readonly unknown[], options?: RunOptions): TaskStream<unknown> {
    if (options !== undefined) checkRunNames(name, options);
    return streamFrom(this.#pool, name, args, options);
  }

  stats(): PoolStats {
    return statsOf(this.#pool, this.#meter, this.#auto);
  }

  async ready(): Promise<void> {
    await this.#pool.ready();
  }

  async close(): Promise<void> {
    await this.#pool.close();
    this.#registration.unregister();
  }

  async terminate(): Promise<void> {
    await this.#pool.terminate();
    this.#registration.unregister();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
