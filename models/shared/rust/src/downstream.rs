use std::sync::Mutex;

/// The delay server that is called instead of sleeping.
pub struct Downstream {
    pub address: String,
    /// The milliseconds and a line feed; the answer is `ok\n`.
    pub request: String,
}

/// A stack of idle sockets: the last used is the next to be used, so few are warm and the rest idle.
pub struct Idle<Socket>(Mutex<Vec<Socket>>);

impl<Socket> Idle<Socket> {
    pub fn new() -> Idle<Socket> {
        Idle(Mutex::new(Vec::new()))
    }

    pub fn take(&self) -> Option<Socket> {
        self.0.lock().ok()?.pop()
    }

    pub fn put(&self, socket: Socket) {
        if let Ok(mut sockets) = self.0.lock() {
            sockets.push(socket);
        }
    }
}

impl<Socket> Default for Idle<Socket> {
    fn default() -> Self {
        Idle::new()
    }
}
