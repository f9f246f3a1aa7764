use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::downstream::Downstream;
use crate::kernel::kernel;
use crate::workload::Workload;

/// What a request asks for, and how many were answered.
pub struct Service {
    pub io: Duration,
    pub downstream: Option<Downstream>,
    rounds: u32,
    requests: AtomicU64,
}

/// The bytes to send.
pub enum Answer {
    Sum(u32),
    DownstreamFailed,
    BadRequest,
}

impl Service {
    pub fn new(workload: &Workload) -> Service {
        Service {
            io: workload.milliseconds("ioMs"),
            downstream: workload.downstream(),
            rounds: workload.count("cpuRounds") as u32,
            requests: AtomicU64::new(0),
        }
    }

    pub fn compute(&self) -> Answer {
        Answer::Sum(kernel(self.rounds))
    }

    /// Counts, then gives the bytes: who has the answer must find it counted.
    pub fn respond(&self, answer: &Answer, keep_alive: bool) -> String {
        let close = if keep_alive {
            ""
        } else {
            "Connection: close\r\n"
        };
        let (status, body) = match answer {
            Answer::Sum(sum) => {
                self.requests.fetch_add(1, Ordering::Relaxed);
                ("200 OK", format!("sum={sum:08x}\n"))
            }
            Answer::DownstreamFailed => ("502 Bad Gateway", "downstream\n".to_string()),
            Answer::BadRequest => ("400 Bad Request", "bad request\n".to_string()),
        };
        let length = body.len();
        format!("HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n{close}\r\n{body}")
    }

    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    pub fn count_from_zero(&self) {
        self.requests.store(0, Ordering::Relaxed);
    }
}
