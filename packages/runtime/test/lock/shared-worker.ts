/** A program of a worker thread: does with the shared locks it was sent what it is told by message. */
import { parentPort, workerData } from "node:worker_threads";
import {
  type LockGuard,
  type SharedHandle,
  SharedMutex,
  SharedRwLock,
  SharedSemaphore,
} from "../../src/lock/index.js";

interface Data {
  readonly mutex: SharedHandle<"mutex">;
  readonly rwlock: SharedHandle<"rwlock">;
  readonly semaphore: SharedHandle<"semaphore">;
  /** Guarded by the mutex, and counted up without atomics. */
  readonly counter: Int32Array;
}

const data = workerData as Data;
const mutex = SharedMutex.from(data.mutex);
const rwlock = SharedRwLock.from(data.rwlock);
const semaphore = SharedSemaphore.from(data.semaphore);
const held: LockGuard[] = [];

const commands: { [name: string]: (count: number) => unknown } = {
  acquire: async () => held.push(await mutex.acquire()),
  read: async () => held.push(await rwlock.read()),
  write: async () => held.push(await rwlock.write()),
  permit: async (weight) => held.push(await semaphore.acquire({ weight })),
  release: () => held.pop()?.release(),
  timeout: async () => {
    try {
      (await mutex.acquire({ timeout: 20 })).release();
    } catch {
      // Whichever came first: the time or the owner's death.
    }
  },
  count: async (rounds) => {
    for (let i = 0; i < rounds; i++) {
      using _guard = await mutex.acquire();
      const before = data.counter[0] ?? 0;
      if (i % 10 === 0) await new Promise(setImmediate);
      data.counter[0] = before + 1;
    }
  },
  exit: () => process.exit(),
};

parentPort?.on("message", async ({ name, count }: { name: string; count: number }) => {
  await commands[name]?.(count);
  parentPort?.postMessage(name);
});
parentPort?.postMessage("ready");
