use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};

use crate::protocol::fail;

type Sum = [u8; 32];

/// The buffer to hash and the sum it must have. `sha2` uses the SHA instructions of the CPU if it has them.
pub struct Hash {
    buffer: Vec<u8>,
    expected: Sum,
}

impl Hash {
    pub fn new(bytes: usize) -> Hash {
        let buffer: Vec<u8> = (0..bytes)
            .map(|i| (i.wrapping_mul(31).wrapping_add(7)) as u8)
            .collect();
        let expected = Sha256::digest(&buffer).into();
        Hash { buffer, expected }
    }

    /// One hash. The comparison also keeps the work from being optimised away.
    pub fn compute(&self) {
        let sum: Sum = Sha256::digest(&self.buffer).into();
        if sum != self.expected {
            fail("two hashes of one buffer differ");
        }
    }

    pub fn median_of_five(&self) -> Duration {
        let mut tries = [Duration::ZERO; 5];
        for duration in &mut tries {
            let start = Instant::now();
            self.compute();
            *duration = start.elapsed();
        }
        tries.sort();
        tries[2]
    }

    pub fn digest(&self) -> String {
        self.expected
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}
