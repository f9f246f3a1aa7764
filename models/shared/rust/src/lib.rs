//! What the Rust models have in common: the contract of docs/models.md, and nothing about concurrency.

mod downstream;
mod hash;
mod http;
mod kernel;
mod model;
mod protocol;
mod service;
mod system;
mod workload;

pub use downstream::{Downstream, Idle};
pub use hash::Hash;
pub use http::{parse, Parsed};
pub use kernel::kernel;
pub use model::{run, Clock, Model, Timing};
pub use protocol::fail;
pub use service::{Answer, Service};
pub use workload::Workload;
