//! One operating system thread per task or connection, nothing else from anywhere.

use heddle_shared::{fail, Clock, Hash, Model, Service, Timing};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

mod connection;

struct Threads;

impl Model for Threads {
    fn wait(&self, tasks: usize, how_long: Duration) -> Vec<Timing> {
        burst(tasks, move || std::thread::sleep(how_long))
    }

    fn hash(&self, tasks: usize, hash: Arc<Hash>) -> Vec<Timing> {
        burst(tasks, move || hash.compute())
    }

    fn serve(&self, listener: TcpListener, service: Arc<Service>) {
        let idle = Arc::default();
        start(move || loop {
            match listener.accept() {
                Ok((stream, _)) => {
                    let (service, idle) = (Arc::clone(&service), Arc::clone(&idle));
                    start(move || connection::serve(stream, &service, &idle));
                }
                // Out of descriptors, most likely: others must end before there is one again.
                Err(_) => std::thread::sleep(Duration::from_millis(10)),
            }
        });
    }
}

fn burst(tasks: usize, work: impl Fn() + Clone + Send + 'static) -> Vec<Timing> {
    let threads: Vec<JoinHandle<Timing>> = (0..tasks)
        .map(|_| {
            let work = work.clone();
            start(move || {
                let clock = Clock::start();
                work();
                clock.stop()
            })
        })
        .collect();
    threads
        .into_iter()
        .map(|thread| thread.join().unwrap_or_else(|_| fail("a task panicked")))
        .collect()
}

/// With the default stack of 2 MiB: it is address space, of which only what is touched becomes memory.
fn start<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    Builder::new()
        .spawn(work)
        .unwrap_or_else(|error| fail(&format!("cannot start a thread: {error}")))
}

fn main() {
    heddle_shared::run(|_| Threads);
}
