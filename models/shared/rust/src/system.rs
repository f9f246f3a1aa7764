use std::net::TcpListener;
use tinyjson::JsonValue;

use crate::protocol::{fail, object};

/// What the process has consumed, with its ended threads.
#[derive(Default)]
pub struct Usage {
    user_ms: f64,
    system_ms: f64,
    voluntary: i64,
    involuntary: i64,
}

#[cfg(unix)]
impl Usage {
    pub fn now() -> Usage {
        // SAFETY: rusage is plain numbers, and getrusage fills it in.
        let r = unsafe {
            let mut r: libc::rusage = std::mem::zeroed();
            if libc::getrusage(libc::RUSAGE_SELF, &mut r) != 0 {
                fail("getrusage failed");
            }
            r
        };
        let ms = |t: libc::timeval| t.tv_sec as f64 * 1e3 + t.tv_usec as f64 / 1e3;
        Usage {
            user_ms: ms(r.ru_utime),
            system_ms: ms(r.ru_stime),
            voluntary: r.ru_nvcsw as i64,
            involuntary: r.ru_nivcsw as i64,
        }
    }

    pub fn until_now(&self) -> JsonValue {
        let now = Usage::now();
        object([
            ("userMs", (now.user_ms - self.user_ms).into()),
            ("systemMs", (now.system_ms - self.system_ms).into()),
            (
                "voluntary",
                ((now.voluntary - self.voluntary) as f64).into(),
            ),
            (
                "involuntary",
                ((now.involuntary - self.involuntary) as f64).into(),
            ),
        ])
    }
}

#[cfg(not(unix))]
impl Usage {
    pub fn now() -> Usage {
        Usage::default()
    }

    pub fn until_now(&self) -> JsonValue {
        object([])
    }
}

/// A listening socket whose queue of not yet accepted connections is `backlog` long.
pub fn listen(host: &str, port: usize, backlog: usize) -> TcpListener {
    let listener = match TcpListener::bind((host, port as u16)) {
        Ok(listener) => listener,
        Err(error) => fail(&format!("cannot listen on {host}:{port}: {error}")),
    };
    set_backlog(&listener, backlog);
    listener
}

/// The standard library listens with a length of its own choice; listening again changes it.
#[cfg(unix)]
fn set_backlog(listener: &TcpListener, backlog: usize) {
    use std::os::unix::io::AsRawFd;
    if backlog > 0 {
        // SAFETY: the descriptor is open for as long as the listener lives.
        unsafe { libc::listen(listener.as_raw_fd(), backlog as libc::c_int) };
    }
}

#[cfg(not(unix))]
fn set_backlog(_: &TcpListener, _: usize) {}

/// Rust leaves the limit of open files at the soft one, which is often too low for 10,000 connections.
#[cfg(unix)]
pub fn raise_open_files() {
    // SAFETY: rlimit is two plain numbers. A refusal leaves the limit as it was, and accept will say so.
    unsafe {
        let mut limit: libc::rlimit = std::mem::zeroed();
        if libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit) == 0 {
            limit.rlim_cur = limit.rlim_max;
            libc::setrlimit(libc::RLIMIT_NOFILE, &limit);
        }
    }
}

#[cfg(not(unix))]
pub fn raise_open_files() {}
