/**
 * One listener per AbortSignal, however many waits hang on it: the platform looks through all listeners for each one added,
 * which is quadratic. A fan keeps an intrusive list instead and removes its listener when the last wait leaves.
 */
export interface SignalLink {
  fan: SignalFan | undefined;
  nextLink: SignalLink | undefined;
  prevLink: SignalLink | undefined;
  signalled(reason: unknown): void;
}

const fans = new WeakMap<AbortSignal, SignalFan>();

/** Calls `link.signalled` when the signal aborts. The signal must not be aborted yet. */
export function listen(signal: AbortSignal, link: SignalLink): void {
  let fan = fans.get(signal);
  if (fan === undefined) {
    fan = new SignalFan(signal);
    fans.set(signal, fan);
  }
  fan.add(link);
}

/** Not listening is no error. */
export function unlisten(link: SignalLink): void {
  link.fan?.remove(link);
}

export class SignalFan {
  readonly #signal: AbortSignal;
  #first: SignalLink | undefined;
  #last: SignalLink | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  handleEvent(): void {
    for (let link = this.#first; link !== undefined; link = this.#first) {
      this.remove(link);
      link.signalled(this.#signal.reason);
    }
  }

  add(link: SignalLink): void {
    link.fan = this;
    link.prevLink = this.#last;
    if (this.#last === undefined) {
      this.#first = link;
      this.#signal.addEventListener("abort", this);
    } else {
      this.#last.nextLink = link;
    }
    this.#last = link;
  }

  remove(link: SignalLink): void {
    if (link.fan !== this) return;
    if (link.prevLink === undefined) this.#first = link.nextLink;
    else link.prevLink.nextLink = link.nextLink;
    if (link.nextLink === undefined) this.#last = link.prevLink;
    else link.nextLink.prevLink = link.prevLink;
    link.fan = link.nextLink = link.prevLink = undefined;
    if (this.#first === undefined) this.#signal.removeEventListener("abort", this);
  }
}
