import { NAME_BYTES, NAMES, type Shared } from "./layout.js";

/**
 * Names of functions as small numbers. The host writes a name once, before the first task that uses it; a worker reads it when it
 * first meets its number. So tasks can be handed over before a worker has loaded the module.
 */
export class NameWriter {
  readonly #ids = new Map<string, number>();
  readonly #shared: Shared;
  readonly #bytes: Buffer;
  #end = 0;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#bytes = Buffer.from(shared.buffer, shared.nameOffset, NAME_BYTES);
  }

  /** The number of a name, or -1 when the table is full (64 KiB of names: they are not the functions of one module). */
  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const length = Buffer.byteLength(name);
    if (length > 0xffff || this.#end + 2 + length > NAME_BYTES) return -1;
    this.#bytes.writeUInt16LE(length, this.#end);
    this.#bytes.write(name, this.#end + 2);
    this.#end += 2 + length;
    const id = this.#ids.size;
    this.#ids.set(name, id);
    Atomics.store(this.#shared.control, NAMES, this.#ids.size);
    return id;
  }
}

export class NameReader {
  readonly #names: string[] = [];
  readonly #shared: Shared;
  readonly #bytes: Buffer;
  #end = 0;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#bytes = Buffer.from(shared.buffer, shared.nameOffset, NAME_BYTES);
  }

  name(id: number): string {
    const count = Atomics.load(this.#shared.control, NAMES);
    while (this.#names.length < count) {
      const length = this.#bytes.readUInt16LE(this.#end);
      this.#names.push(this.#bytes.toString("utf8", this.#end + 2, this.#end + 2 + length));
      this.#end += 2 + length;
    }
    return this.#names[id] ?? "";
  }
}
