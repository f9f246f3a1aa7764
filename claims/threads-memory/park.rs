// Parks N threads of std::thread with its default stack (2 MB each, reserved) and waits for the end of stdin.
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

static RUNNING: AtomicUsize = AtomicUsize::new(0);

fn park() {
    RUNNING.fetch_add(1, Ordering::SeqCst);
    loop {
        thread::park();
    }
}

fn main() {
    let asked = std::env::args().last().unwrap_or_default();
    let digits = asked.split("\"threads\":").nth(1).unwrap_or_default();
    let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
    let wanted: usize = digits.parse().unwrap_or(0);
    for i in 0..wanted {
        if let Err(error) = thread::Builder::new().spawn(park) {
            eprintln!("thread {i}: {error}");
            std::process::exit(1);
        }
    }
    while RUNNING.load(Ordering::SeqCst) < wanted {
        thread::sleep(Duration::from_millis(1));
    }
    println!("{{\"ready\":{{}}}}");
    io::stdout().flush().expect("stdout is open");
    let mut rest = Vec::new();
    let _ = io::stdin().read_to_end(&mut rest);
    std::process::exit(0);
}
