import { CancelError, NotCloneableError, TaskLoadError } from "../error/errors.js";
import { unpackError } from "../wire/error.js";
import { sharedBytes, views, type Shared } from "../wire/layout.js";
import type { Message } from "../wire/message.js";
import { NameWriter } from "../wire/names.js";
import { Call } from "./call.js";
import { Dispatch } from "./dispatch.js";
import { Pump } from "./pump.js";
import { Thread } from "./thread.js";

let lastResolve: (value: unknown) => void;
let lastReject: (error: unknown) => void;
const capture = (resolve: (value: unknown) => void, reject: (error: unknown) => void): void => {
  lastResolve = resolve;
  lastReject = reject;
};

export class ProtoPool {
  readonly #shared: Shared;
  readonly #dispatch: Dispatch;
  readonly #pump: Pump;
  readonly #names: NameWriter;
  readonly #threads: Thread[] = [];
  #outstanding = 0;
  #loading = 0;

  constructor(url: URL, options: { threads: number }) {
    const slots = options.threads;
    this.#shared = views(new SharedArrayBuffer(sharedBytes(slots)), slots);
    this.#names = new NameWriter(this.#shared);
    this.#dispatch = new Dispatch(this.#shared, {
      value: (call, value) => {
        this.#outstanding--;
        call.state = "settled";
        call.resolve(value);
      },
      notCloneable: (call, error) => {
        this.#outstanding--;
        call.reject(new NotCloneableError("argument", call.name, String(error)));
      },
    });
    this.#pump = new Pump(this.#shared, {
      drain: () => this.#dispatch.drain(),
      ready: () => this.#dispatch.ready(),
      expecting: () => this.#outstanding > 0 || this.#loading > 0,
      hurried: () => this.#loading === 0,
    });
    for (let index = 0; index < options.threads; index++) {
      this.#loading++;
      const thread = new Thread(
        index,
        {
          buffer: this.#shared.buffer,
          threads: slots,
          module: url.href,
          name: "pool",
          nice: 0,
          resourceLimits: undefined,
        },
        {
          ready: () => {
            this.#loading--;
          },
          loadFailed: (_, error) => console.error(error),
          progress: () => {},
          result: (call: Call, message: Message) => {
            this.#outstanding--;
            if (message.type === "result") call.resolve(message.value);
            else if (message.type === "error") call.reject(unpackError(message.error));
            else if (message.type === "no-such-task") call.reject(new TaskLoadError(`no ${call.name}`));
            else call.reject(new CancelError("?"));
          },
          gone: () => {},
        },
      );
      this.#threads.push(thread);
      this.#dispatch.attach(thread);
    }
    this.#pump.schedule();
  }

  run(name: string, args: readonly unknown[]): Promise<unknown> {
    const promise = new Promise(capture);
    const call = new Call(name, this.#names.id(name), args);
    call.resolve = lastResolve;
    call.reject = lastReject;
    this.#outstanding++;
    this.#dispatch.submit(call);
    this.#pump.schedule();
    return promise;
  }

  async terminate(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }
}
