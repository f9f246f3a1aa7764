import { loadRuntime } from "../shared/runtime.mjs";

const { openReceiver } = await loadRuntime();

/** Takes all items of a channel from another thread; their sum. */
export async function total(handle) {
  const items = openReceiver(handle);
  let sum = 0;
  for (;;) {
    const some = await items.receiveMany(256);
    if (some.length === 0) return sum;
    for (const item of some) sum += item;
  }
}
