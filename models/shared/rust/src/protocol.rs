use std::io::{stdin, stdout, BufRead, Write};
use std::sync::mpsc::{sync_channel, Receiver};
use tinyjson::JsonValue;

/// Hands out the lines of stdin. Its end exits at once, whatever still runs: threads end with the process.
/// SIGTERM needs no code: its default is the same.
pub fn commands() -> Receiver<String> {
    let (send, lines) = sync_channel(1);
    std::thread::spawn(move || {
        for line in stdin().lock().lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
        std::process::exit(0);
    });
    lines
}

/// A JSON object.
pub fn object<const N: usize>(fields: [(&str, JsonValue); N]) -> JsonValue {
    let named = fields.map(|(name, value)| (name.to_string(), value));
    JsonValue::Object(named.into_iter().collect())
}

/// Prints one JSON line. Nobody who reads any more means that it is time to go.
pub fn say(key: &str, value: JsonValue) {
    let mut out = stdout().lock();
    let line = object([(key, value)])
        .stringify()
        .unwrap_or_else(|_| fail("a figure is no number"));
    if writeln!(out, "{line}").and_then(|_| out.flush()).is_err() {
        std::process::exit(1);
    }
}

pub fn fail(message: &str) -> ! {
    eprintln!("{message}");
    std::process::exit(2)
}
