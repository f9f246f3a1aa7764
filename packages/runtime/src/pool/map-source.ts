/** What a source asks of its map. */
export interface Taker {
  /** How many items the next chunk takes; 0 while there is no room for one. */
  wanted(): number;
  chunk(items: readonly unknown[]): void;
  /** No more items come; `error` is what the source threw. Not called after `stop`. */
  end(end: { readonly error?: unknown }): void;
}

/** Where the items of a map come from, read no further than there is room. */
export interface MapSource {
  /** Call when there may be room. */
  fill(): void;
  /** Reads no further and closes the iterator; resolves when it has closed. */
  stop(): Promise<void> | undefined;
}

/** What may be mapped over. Read lazily, and closed when the map ends before it. */
export type MapItems = Iterable<unknown> | AsyncIterable<unknown>;

export function isAsync(items: MapItems): items is AsyncIterable<unknown> {
  return typeof (items as Partial<AsyncIterable<unknown>> | undefined)?.[Symbol.asyncIterator] === "function";
}

/** How many items there are, where that can be known without reading them. */
export function lengthOf(items: MapItems): number | undefined {
  if (Array.isArray(items)) return items.length;
  if (items instanceof Set || items instanceof Map) return items.size;
  return ArrayBuffer.isView(items) && "length" in items ? Number(items.length) : undefined;
}

export class SyncSource implements MapSource {
  readonly #iterator: Iterator<unknown>;
  readonly #taker: Taker;
  #over = false;

  constructor(iterator: Iterator<unknown>, taker: Taker) {
    this.#iterator = iterator;
    this.#taker = taker;
  }

  fill(): void {
    while (!this.#over) {
      const size = this.#taker.wanted();
      if (size === 0) return;
      const items: unknown[] = [];
      const end = this.#read(items, size);
      if (items.length > 0) this.#taker.chunk(items);
      if (end !== undefined) this.#taker.end(end);
    }
  }

  #read(items: unknown[], size: number): { readonly error?: unknown } | undefined {
    try {
      while (items.length < size && !this.#over) {
        const step = this.#iterator.next();
        if (step.done === true) {
          this.#over = true;
          return {};
        }
        items.push(step.value);
      }
      return undefined;
    } catch (error) {
      this.#over = true;
      return { error };
    }
  }

  stop(): Promise<void> | undefined {
    if (this.#over) return undefined;
    this.#over = true;
    return closed(() => this.#iterator.return?.());
  }
}

/**
 * A chunk of an async source is what came within one turn of the event loop, at most: an item that is here never waits for one
 * that is not.
 */
export class AsyncSource implements MapSource {
  readonly #iterator: AsyncIterator<unknown>;
  readonly #taker: Taker;
  #buffer: unknown[] = [];
  #end: { readonly error?: unknown } | undefined;
  #stopped = false;
  #reading = false;
  #pulling = false;
  #flushSoon = false;

  constructor(iterator: AsyncIterator<unknown>, taker: Taker) {
    this.#iterator = iterator;
    this.#taker = taker;
  }

  fill(): void {
    if (this.#stopped) return;
    if (this.#end !== undefined) this.#flushAll(this.#end);
    else {
      if (this.#buffer.length > 0) this.#soon();
      if (!this.#reading) void this.#read();
    }
  }

  stop(): Promise<void> | undefined {
    if (this.#stopped) return undefined;
    this.#stopped = true;
    this.#buffer = [];
    if (this.#end !== undefined) return undefined;
    return this.#closed();
  }

  /** An iterator that is being asked for an item closes only after its answer, which may never come: then nobody waits for it. */
  async #closed(): Promise<void> {
    const closing = closed(() => this.#iterator.return?.());
    closing.catch(() => undefined);
    if (this.#pulling) await new Promise((turned) => setImmediate(turned));
    if (!this.#pulling) await closing;
  }

  /** Never rejects. */
  async #read(): Promise<void> {
    this.#reading = true;
    while (!this.#stopped && this.#end === undefined && this.#taker.wanted() > 0) {
      this.#pulling = true;
      try {
        const step = await this.#iterator.next();
        if (step.done === true) this.#end = {};
        else this.#buffer.push(step.value);
      } catch (error) {
        this.#end = { error };
      }
      this.#pulling = false;
      if (this.#stopped) break;
      if (this.#end !== undefined) this.#flushAll(this.#end);
      else if (this.#buffer.length >= this.#taker.wanted()) this.#flush();
      else this.#soon();
    }
    this.#reading = false;
  }

  #soon(): void {
    if (this.#flushSoon) return;
    this.#flushSoon = true;
    setImmediate(() => {
      this.#flushSoon = false;
      if (!this.#stopped && this.#end === undefined) this.#flush();
    });
  }

  #flush(): void {
    const size = this.#taker.wanted();
    if (size > 0 && this.#buffer.length > 0) this.#taker.chunk(this.#buffer.splice(0, size));
  }

  #flushAll(end: { readonly error?: unknown }): void {
    while (this.#buffer.length > 0 && this.#taker.wanted() > 0) this.#flush();
    if (this.#buffer.length > 0 || this.#stopped) return;
    this.#stopped = true;
    this.#taker.end(end);
  }
}

async function closed(close: () => unknown): Promise<void> {
  await close();
}
