import { HOST_ASLEEP, HOST_BELL, type Shared } from "./layout.js";

/** Wakes the host if it sleeps. Whoever takes the flag rings: one wake-up for however many results. */
export function ringHost(shared: Shared): void {
  if (
    Atomics.load(shared.control, HOST_ASLEEP) === 1 &&
    Atomics.compareExchange(shared.control, HOST_ASLEEP, 1, 0) === 1
  ) {
    Atomics.notify(shared.control, HOST_BELL);
  }
}
