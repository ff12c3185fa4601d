//! The load: a process that sends the same requests over and over, each connection its own, and counts the answers.

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// What tells this program to be the load.
pub(crate) const FLAG: &str = "--load";

/// Runs a process that loads a server for a while, and gives the requests it was answered per second. Each connection
/// repeats its requests in order.
pub(crate) fn start(
    addr: SocketAddr,
    duration: Duration,
    connections: &[Vec<String>],
) -> Result<f64, Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .args([
            FLAG,
            &addr.to_string(),
            &duration.as_millis().to_string(),
            &serde_json::to_string(connections)?,
        ])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// The load itself: prints how many requests were answered per second.
pub(crate) fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [addr, milliseconds, connections] = arguments else {
        return Err("an address, a time in milliseconds and requests are needed".into());
    };
    let addr: SocketAddr = addr.parse()?;
    let duration = Duration::from_millis(milliseconds.parse()?);
    let connections: Vec<Vec<String>> = serde_json::from_str(connections)?;
    let begun = Instant::now();
    let threads: Vec<_> = connections
        .into_iter()
        .map(|requests| {
            thread::spawn(move || {
                repeat(addr, begun + duration, &requests).map_err(|error| error.to_string())
            })
        })
        .collect();
    let mut answered = 0;
    for thread in threads {
        answered += thread.join().map_err(|_| "a connection's thread panicked")??;
    }
    println!("{}", f64::from(answered) / begun.elapsed().as_secs_f64());
    Ok(())
}

fn repeat(addr: SocketAddr, until: Instant, requests: &[String]) -> Result<u32, Box<dyn Error>> {
    let stream = TcpStream::connect(addr)?;
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    let mut answered = 0;
    // Whole rounds, so that whatever was added is removed again.
    while Instant::now() < until {
        for request in requests {
            writer.write_all(request.as_bytes())?;
            read_answer(&mut reader)?;
            answered += 1;
        }
    }
    Ok(answered)
}

/// Reads an answer and gives its body; anything but a success is an error.
pub(crate) fn read_answer(reader: &mut BufReader<TcpStream>) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let succeeded = line
        .split(' ')
        .nth(1)
        .is_some_and(|status| status.starts_with('2'));
    let status = line.trim_end().to_owned();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    if succeeded {
        Ok(body)
    } else {
        Err(format!("{status}: {}", String::from_utf8_lossy(&body)).into())
    }
}
