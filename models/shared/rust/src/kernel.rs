use std::time::{Duration, Instant};

/// The computing part of a request. Not inlined, so that it costs the same wherever it is called.
#[inline(never)]
pub fn kernel(rounds: u32) -> u32 {
    let mut x: u32 = 2_463_534_242;
    for _ in 0..rounds {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
    }
    x
}

/// The best of many short tries, since disturbances only ever slow it down.
pub fn rounds_per_ms() -> f64 {
    const ROUNDS: u32 = 2_000_000;
    let mut best: f64 = 0.0;
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_millis(400) {
        let start = Instant::now();
        opaque(kernel(opaque(ROUNDS)));
        best = best.max(f64::from(ROUNDS) / (start.elapsed().as_nanos() as f64 / 1e6));
    }
    best
}

/// A value the optimiser knows nothing about (`std::hint::black_box` came with Rust 1.66).
fn opaque(value: u32) -> u32 {
    // SAFETY: reads a number that lives on this stack.
    unsafe { std::ptr::read_volatile(&value) }
}
