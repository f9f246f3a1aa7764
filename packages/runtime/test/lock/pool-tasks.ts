/** Tasks of a pool that use shared locks. */
import { type SharedHandle, SharedMutex } from "../../src/lock/index.js";

export async function countUnder(
  mutex: SharedHandle<"mutex">,
  counter: Int32Array,
  rounds: number,
): Promise<void> {
  const lock = SharedMutex.from(mutex);
  for (let i = 0; i < rounds; i++) {
    using _guard = await lock.acquire();
    const before = counter[0] ?? 0;
    await null;
    counter[0] = before + 1;
  }
}

/** Takes the lock and blocks its thread for good. */
export async function hang(mutex: SharedHandle<"mutex">): Promise<never> {
  await SharedMutex.from(mutex).acquire();
  for (;;);
}
