use heddle_shared::{parse, Answer, Downstream, Idle, Parsed, Service};
use std::io::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Serves one connection until either side ends it.
pub async fn serve(mut stream: TcpStream, service: &Service, idle: &Idle<TcpStream>) {
    let _ = stream.set_nodelay(true);
    let mut received = Vec::with_capacity(1024);
    loop {
        let (answer, keep_alive) = match parse(&received) {
            Parsed::Partial => match stream.read_buf(&mut received).await {
                Ok(length) if length > 0 => continue,
                _ => return,
            },
            Parsed::Bad => (Answer::BadRequest, false),
            Parsed::Request { length, keep_alive } => {
                received.drain(..length);
                (answer(service, idle).await, keep_alive)
            }
        };
        let sent = stream
            .write_all(service.respond(&answer, keep_alive).as_bytes())
            .await;
        if sent.is_err() || !keep_alive {
            return;
        }
    }
}

/// Computes inline, as most handlers do: while it computes, this worker thread polls nothing else.
async fn answer(service: &Service, idle: &Idle<TcpStream>) -> Answer {
    match &service.downstream {
        Some(target) if call(target, idle).await.is_err() => return Answer::DownstreamFailed,
        Some(_) => {}
        None if !service.io.is_zero() => tokio::time::sleep(service.io).await,
        None => {}
    }
    service.compute()
}

async fn call(target: &Downstream, idle: &Idle<TcpStream>) -> Result<()> {
    let mut socket = match idle.take() {
        Some(socket) => socket,
        None => {
            let socket = TcpStream::connect(&target.address).await?;
            socket.set_nodelay(true)?;
            socket
        }
    };
    socket.write_all(target.request.as_bytes()).await?;
    socket.read_exact(&mut [0; 3]).await?;
    idle.put(socket);
    Ok(())
}
