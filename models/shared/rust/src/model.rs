use std::sync::Arc;
use std::time::{Duration, Instant};
use tinyjson::JsonValue;

use crate::hash::Hash;
use crate::kernel::rounds_per_ms;
use crate::protocol::{commands, fail, object, say};
use crate::service::Service;
use crate::system::{listen, raise_open_files, Usage};
use crate::workload::Workload;

/// All that distinguishes one Rust model from another.
pub trait Model {
    /// Submits `tasks` tasks at once, each of which waits; returns when the last has ended.
    fn wait(&self, tasks: usize, how_long: Duration) -> Vec<Timing>;
    /// Submits `tasks` tasks at once, each of which computes a hash.
    fn hash(&self, tasks: usize, hash: Arc<Hash>) -> Vec<Timing>;
    /// Begins to serve in the background.
    fn serve(&self, listener: std::net::TcpListener, service: Arc<Service>);
}

/// When one task began and ended.
#[derive(Clone, Copy)]
pub struct Timing {
    began: Instant,
    ended: Instant,
}

/// The clock inside a task.
pub struct Clock(Instant);

impl Clock {
    pub fn start() -> Clock {
        Clock(Instant::now())
    }

    pub fn stop(self) -> Timing {
        Timing {
            began: self.0,
            ended: Instant::now(),
        }
    }
}

/// The whole program. `create` gets the workload and starts what the model needs before it is ready.
pub fn run<M: Model>(create: impl FnOnce(&Workload) -> M) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let workload = match arguments.as_slice() {
        [json] => Workload::parse(json),
        _ => fail("expected the workload as the only argument"),
    };
    match workload.kind() {
        "wait" => run_wait(&create(&workload), &workload),
        "hash" => run_hash(&create(&workload), &workload),
        "serve" => run_serve(&create(&workload), &workload),
        "calibrate" => {
            say("ready", object([]));
            for _ in commands() {
                say("result", object([("roundsPerMs", rounds_per_ms().into())]));
            }
        }
        other => fail(&format!("unknown workload kind {other:?}")),
    }
}

fn run_wait(model: &impl Model, workload: &Workload) {
    say("ready", object([]));
    for line in commands() {
        let now = workload.with(&line);
        let work = || model.wait(now.count("tasks"), now.milliseconds("waitMs"));
        say("result", object(burst(work)));
    }
}

fn run_hash(model: &impl Model, workload: &Workload) {
    let hash = Arc::new(Hash::new(workload.count("bytes")));
    let single = milliseconds(hash.median_of_five());
    say("ready", object([]));
    for line in commands() {
        let now = workload.with(&line);
        let [total, inside, latency, usage] =
            burst(|| model.hash(now.count("tasks"), Arc::clone(&hash)));
        let digest = ("digest", hash.digest().into());
        let single = ("singleMs", single.into());
        say(
            "result",
            object([total, inside, latency, usage, digest, single]),
        );
    }
}

fn run_serve(model: &impl Model, workload: &Workload) {
    raise_open_files();
    let listener = listen(
        workload.host(),
        workload.count("port"),
        workload.count("backlog"),
    );
    let port = listener.local_addr().map_or(0, |address| address.port());
    let service = Arc::new(Service::new(workload));
    model.serve(listener, Arc::clone(&service));
    say("ready", object([("port", f64::from(port).into())]));

    let mut before = Usage::now();
    for line in commands() {
        if line == "stop" {
            let requests = ("requests", (service.requests() as f64).into());
            say("result", object([requests, ("usage", before.until_now())]));
        } else {
            service.count_from_zero();
            before = Usage::now();
        }
    }
}

fn burst(work: impl FnOnce() -> Vec<Timing>) -> [(&'static str, JsonValue); 4] {
    let before = Usage::now();
    let start = Instant::now();
    let timings = work();
    let usage = before.until_now();
    let latency: Vec<f64> = timings
        .iter()
        .map(|task| milliseconds(task.ended - start))
        .collect();
    let inside = timings
        .iter()
        .map(|task| milliseconds(task.ended - task.began).into());
    [
        (
            "totalMs",
            latency.iter().copied().fold(0.0, f64::max).into(),
        ),
        ("insideMs", JsonValue::Array(inside.collect())),
        (
            "latencyMs",
            JsonValue::Array(latency.into_iter().map(JsonValue::from).collect()),
        ),
        ("usage", usage),
    ]
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_nanos() as f64 / 1e6
}
