/**
 * Channels as a person would describe them: lists, and no care for speed. The tests run the real ones beside it.
 * Every operation is known by its number; `outcomes` says how the ended ones ended.
 */
export type Step =
  | { readonly do: "send"; readonly to: number; readonly item: number }
  | { readonly do: "receive"; readonly from: number }
  | { readonly do: "many"; readonly from: number; readonly max: number }
  | { readonly do: "select"; readonly cases: readonly SelectStep[] }
  | { readonly do: "trySend"; readonly to: number; readonly item: number }
  | { readonly do: "tryReceive"; readonly from: number }
  | { readonly do: "cancel"; readonly op: number }
  | { readonly do: "close"; readonly which: number; readonly error: boolean };

export type SelectStep =
  | { readonly key: string; readonly send: number; readonly item: number }
  | { readonly key: string; readonly receive: number };

interface Waiting {
  readonly op: number;
  readonly key: string | undefined;
  readonly item?: number;
  readonly many?: boolean;
}

interface ModelChannel {
  readonly capacity: number;
  buffer: number[];
  senders: Waiting[];
  receivers: Waiting[];
  closed: false | "plain" | "error";
}

export class Model {
  readonly channels: ModelChannel[];
  readonly outcomes = new Map<number, string>();

  constructor(capacities: readonly number[]) {
    this.channels = capacities.map((capacity) => ({
      capacity,
      buffer: [],
      senders: [],
      receivers: [],
      closed: false,
    }));
  }

  send(op: number, to: number, item: number): void {
    const ended = this.tryPut(to, item);
    if (ended !== undefined) this.end(op, ended);
    else this.at(to).senders.push({ op, key: undefined, item });
  }

  receive(op: number, from: number, max?: number): void {
    const many = max !== undefined;
    const items: number[] = [];
    for (let item = this.pull(from); item !== undefined; item = this.pull(from)) {
      items.push(item);
      if (items.length === (max ?? 1)) break;
    }
    const { closed } = this.at(from);
    if (items.length > 0) this.end(op, many ? `items ${items}` : `item ${items}`);
    else if (closed === "error") this.end(op, "boom");
    else if (closed === "plain") this.end(op, many ? "items " : "done");
    else this.at(from).receivers.push({ op, key: undefined, many });
  }

  /** The keys of the cases that can happen. */
  ready(cases: readonly SelectStep[]): string[] {
    return cases
      .filter((one) => {
        if ("send" in one) {
          const ch = this.at(one.send);
          return ch.closed !== false || ch.receivers.length > 0 || ch.buffer.length < ch.capacity;
        }
        const ch = this.at(one.receive);
        return ch.closed !== false || ch.senders.length > 0 || ch.buffer.length > 0;
      })
      .map(({ key }) => key);
  }

  /** Does the case that the real select chose. */
  choose(op: number, one: SelectStep): void {
    if ("send" in one) {
      const ended = this.tryPut(one.send, one.item);
      this.end(op, ended === "sent" ? `${one.key} sent` : (ended ?? "impossible"));
      return;
    }
    const item = this.pull(one.receive);
    const { closed } = this.at(one.receive);
    if (item !== undefined) this.end(op, `${one.key} item ${item}`);
    else this.end(op, closed === "error" ? "boom" : closed === "plain" ? `${one.key} done` : "impossible");
  }

  park(op: number, cases: readonly SelectStep[]): void {
    for (const one of cases) {
      if ("send" in one) this.at(one.send).senders.push({ op, key: one.key, item: one.item });
      else this.at(one.receive).receivers.push({ op, key: one.key });
    }
  }

  cancel(op: number): void {
    const waits = this.channels.some(({ senders, receivers }) =>
      [...senders, ...receivers].some((one) => one.op === op),
    );
    if (waits) this.end(op, "cancelled");
  }

  close(which: number, error: boolean): void {
    const ch = this.at(which);
    if (ch.closed !== false) return;
    ch.closed = error ? "error" : "plain";
    for (let one = ch.senders[0]; one !== undefined; one = ch.senders[0]) this.end(one.op, "closed");
    for (let one = ch.receivers[0]; one !== undefined; one = ch.receivers[0]) {
      this.end(one.op, error ? "boom" : this.#prefix(one) + (one.many === true ? "items " : "done"));
    }
  }

  /** "sent", "closed", or undefined when it would have to wait. */
  tryPut(to: number, item: number): string | undefined {
    const ch = this.at(to);
    if (ch.closed !== false) return "closed";
    const receiver = ch.receivers[0];
    if (receiver !== undefined) {
      this.end(receiver.op, `${this.#prefix(receiver)}${receiver.many === true ? "items" : "item"} ${item}`);
      return "sent";
    }
    if (ch.buffer.length >= ch.capacity) return undefined;
    ch.buffer.push(item);
    return "sent";
  }

  pull(from: number): number | undefined {
    const ch = this.at(from);
    const sender = ch.senders[0];
    if (ch.buffer.length > 0) {
      const item = ch.buffer.shift();
      if (sender?.item !== undefined) {
        ch.buffer.push(sender.item);
        this.end(sender.op, `${this.#prefix(sender)}sent`);
      }
      return item;
    }
    if (sender === undefined) return undefined;
    this.end(sender.op, `${this.#prefix(sender)}sent`);
    return sender.item;
  }

  at(index: number): ModelChannel {
    const ch = this.channels[index];
    if (ch === undefined) throw new Error(`no channel ${index}`);
    return ch;
  }

  /** An operation that has ended stands in no queue any more, whichever. */
  end(op: number, outcome: string): void {
    this.outcomes.set(op, outcome);
    for (const ch of this.channels) {
      ch.senders = ch.senders.filter((one) => one.op !== op);
      ch.receivers = ch.receivers.filter((one) => one.op !== op);
    }
  }

  #prefix({ key }: Waiting): string {
    return key === undefined ? "" : `${key} `;
  }
}
