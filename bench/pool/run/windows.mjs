/** How long a measurement warms up and how long it looks, in ms. Quick windows show an order of magnitude, no more. */
export function windows(quick) {
  return quick
    ? { warmMs: 500, windowMs: 200, idleAfterMs: 2_000, idleMs: 2_000, arrivalsMs: 800 }
    : { warmMs: 700, windowMs: 300, idleAfterMs: 10_000, idleMs: 10_000, arrivalsMs: 2_000 };
}
