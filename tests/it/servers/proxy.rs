//! A TCP proxy that stands between `tepat` and a server and does to the connection what networks do.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What happens to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// Closed after so many bytes of the server.
    CutAfter(usize),
    /// Reset after so many bytes of the server.
    ResetAfter(usize),
    /// After so many bytes of the server nothing comes any more, and nothing says so.
    SilentAfter(usize),
    /// Reset at once, as long as this time has not passed since the first attempt.
    RefusedFor(Duration),
    /// So many connections are reset at once, the later ones pass.
    RefusedTimes(usize),
}

/// A listening proxy; it lasts as long as the process.
pub struct Proxy {
    pub port: u16,
    attempts: Arc<AtomicUsize>,
    said: Arc<Mutex<Vec<u8>>>,
}

impl Proxy {
    /// Listens on a port of its own and passes on to `port`.
    pub fn to(port: u16, fault: Fault) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port for the proxy");
        let attempts = Arc::new(AtomicUsize::new(0));
        let said = Arc::new(Mutex::new(Vec::new()));
        let proxy = Self {
            port: listener.local_addr().expect("its number").port(),
            attempts: Arc::clone(&attempts),
            said: Arc::clone(&said),
        };
        thread::spawn(move || {
            let mut first = None;
            for client in listener.incoming().flatten() {
                let number = attempts.fetch_add(1, Ordering::SeqCst);
                let since = *first.get_or_insert_with(Instant::now);
                let refused = match fault {
                    Fault::RefusedFor(time) => since.elapsed() < time,
                    Fault::RefusedTimes(times) => number < times,
                    _ => false,
                };
                if refused {
                    reset(client);
                    continue;
                }
                let server = TcpStream::connect(("127.0.0.1", port)).expect("the server");
                let said = Arc::clone(&said);
                thread::spawn(move || join(client, server, fault, &said));
            }
        });
        proxy
    }

    /// How many connections were asked for.
    pub fn attempts(&self) -> usize {
        self.attempts.load(Ordering::SeqCst)
    }

    /// All that clients have sent to the server.
    pub fn said(&self) -> Vec<u8> {
        self.said.lock().expect("no panic above").clone()
    }
}

/// Passes bytes in both directions until the fault.
fn join(client: TcpStream, server: TcpStream, fault: Fault, said: &Arc<Mutex<Vec<u8>>>) {
    let (mut from_client, mut to_server) = (clone(&client), clone(&server));
    let said = Arc::clone(said);
    thread::spawn(move || {
        let mut buffer = [0; 4_096];
        while let Ok(n @ 1..) = from_client.read(&mut buffer) {
            said.lock().expect("no panic above").extend(&buffer[..n]);
            if to_server.write_all(&buffer[..n]).is_err() {
                break;
            }
        }
        let _ = to_server.shutdown(Shutdown::Write);
    });
    let limit = match fault {
        Fault::CutAfter(n) | Fault::ResetAfter(n) | Fault::SilentAfter(n) => n,
        _ => usize::MAX,
    };
    let passed = pass(&server, &client, limit);
    if passed < limit {
        let _ = client.shutdown(Shutdown::Write);
        return;
    }
    match fault {
        Fault::SilentAfter(_) => thread::sleep(Duration::from_secs(600)),
        Fault::ResetAfter(_) => {
            let _ = server.shutdown(Shutdown::Both);
            reset(client);
        }
        _ => {
            let _ = server.shutdown(Shutdown::Both);
            let _ = client.shutdown(Shutdown::Both);
        }
    }
}

/// Copies at most `limit` bytes; returns how many.
fn pass(mut from: &TcpStream, mut to: &TcpStream, limit: usize) -> usize {
    let mut buffer = [0; 4_096];
    let mut passed = 0;
    while passed < limit {
        let room = buffer.len().min(limit - passed);
        match from.read(&mut buffer[..room]) {
            Ok(n) if n > 0 && to.write_all(&buffer[..n]).is_ok() => passed += n,
            _ => break,
        }
    }
    passed
}

fn clone(stream: &TcpStream) -> TcpStream {
    stream.try_clone().expect("a second handle")
}

/// Closes with RST instead of FIN.
fn reset(stream: TcpStream) {
    socket2::SockRef::from(&stream)
        .set_linger(Some(Duration::ZERO))
        .expect("the option");
    let _ = stream.shutdown(Shutdown::Read);
}
