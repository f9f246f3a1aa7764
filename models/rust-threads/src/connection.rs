use heddle_shared::{parse, Answer, Downstream, Idle, Parsed, Service};
use std::io::{Read, Result, Write};
use std::net::TcpStream;

/// Serves one connection until either side ends it.
pub fn serve(mut stream: TcpStream, service: &Service, idle: &Idle<TcpStream>) {
    let _ = stream.set_nodelay(true);
    let mut received = Vec::with_capacity(1024);
    let mut chunk = [0; 4096];
    loop {
        let (answer, keep_alive) = match parse(&received) {
            Parsed::Partial => match stream.read(&mut chunk) {
                Ok(length) if length > 0 => {
                    received.extend_from_slice(&chunk[..length]);
                    continue;
                }
                _ => return,
            },
            Parsed::Bad => (Answer::BadRequest, false),
            Parsed::Request { length, keep_alive } => {
                received.drain(..length);
                (answer(service, idle), keep_alive)
            }
        };
        let sent = stream.write_all(service.respond(&answer, keep_alive).as_bytes());
        if sent.is_err() || !keep_alive {
            return;
        }
    }
}

fn answer(service: &Service, idle: &Idle<TcpStream>) -> Answer {
    match &service.downstream {
        Some(target) if call(target, idle).is_err() => return Answer::DownstreamFailed,
        Some(_) => {}
        None if !service.io.is_zero() => std::thread::sleep(service.io),
        None => {}
    }
    service.compute()
}

fn call(target: &Downstream, idle: &Idle<TcpStream>) -> Result<()> {
    let mut socket = match idle.take() {
        Some(socket) => socket,
        None => {
            let socket = TcpStream::connect(&target.address)?;
            socket.set_nodelay(true)?;
            socket
        }
    };
    socket.write_all(target.request.as_bytes())?;
    socket.read_exact(&mut [0; 3])?;
    idle.put(socket);
    Ok(())
}
