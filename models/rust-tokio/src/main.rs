//! Tokio's multi-threaded runtime, one worker thread per core, one task per task or connection.

use heddle_shared::{fail, Clock, Hash, Model, Service, Timing, Workload};
use std::future::Future;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

mod connection;

struct Tokio(Runtime);

impl Model for Tokio {
    fn wait(&self, tasks: usize, how_long: Duration) -> Vec<Timing> {
        self.burst(tasks, move || tokio::time::sleep(how_long))
    }

    /// With `spawn`, not `spawn_blocking`: pure computing needs one thread per core, which the workers are, while
    /// the blocking pool would start up to 512 threads to share the same cores. Nothing else waits for the workers.
    fn hash(&self, tasks: usize, hash: Arc<Hash>) -> Vec<Timing> {
        self.burst(tasks, move || {
            let hash = Arc::clone(&hash);
            async move { hash.compute() }
        })
    }

    fn serve(&self, listener: TcpListener, service: Arc<Service>) {
        self.0.spawn(async move {
            let listener = listener
                .set_nonblocking(true)
                .and_then(|_| tokio::net::TcpListener::from_std(listener))
                .unwrap_or_else(|error| fail(&format!("cannot accept: {error}")));
            let idle = Arc::default();
            loop {
                match listener.accept().await {
                    Ok((stream, _)) => {
                        let (service, idle) = (Arc::clone(&service), Arc::clone(&idle));
                        tokio::spawn(
                            async move { connection::serve(stream, &service, &idle).await },
                        );
                    }
                    // Out of descriptors, most likely: others must end before there is one again.
                    Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
                }
            }
        });
    }
}

impl Tokio {
    fn burst<F>(
        &self,
        tasks: usize,
        work: impl Fn() -> F + Clone + Send + Sync + 'static,
    ) -> Vec<Timing>
    where
        F: Future<Output = ()> + Send,
    {
        // Submitted from inside the runtime, as a program would: from outside, each would go through the shared
        // queue and wake a worker.
        let submit = async move {
            let handles: Vec<_> = (0..tasks)
                .map(|_| {
                    let work = work.clone();
                    tokio::spawn(async move {
                        let clock = Clock::start();
                        work().await;
                        clock.stop()
                    })
                })
                .collect();
            let mut timings = Vec::with_capacity(tasks);
            for handle in handles {
                timings.push(handle.await.unwrap_or_else(|_| fail("a task panicked")));
            }
            timings
        };
        self.0
            .block_on(self.0.spawn(submit))
            .unwrap_or_else(|_| fail("the burst panicked"))
    }
}

fn create(workload: &Workload) -> Tokio {
    let runtime = Builder::new_multi_thread()
        .worker_threads(workload.count("cores").max(1))
        .enable_all()
        .build();
    Tokio(runtime.unwrap_or_else(|error| fail(&format!("cannot start the runtime: {error}"))))
}

fn main() {
    heddle_shared::run(create);
}
