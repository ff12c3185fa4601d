//! A client that sends what it is told to, over one connection.

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

pub(crate) struct Connection {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

impl Connection {
    pub(crate) fn open(addr: SocketAddr) -> Result<Self, Box<dyn Error>> {
        let writer = TcpStream::connect(addr)?;
        writer.set_nodelay(true)?;
        let reader = BufReader::new(writer.try_clone()?);
        Ok(Self { reader, writer })
    }

    /// Sends a request and gives the body of the answer; anything but a success is an error.
    pub(crate) fn ask(&mut self, request: &str) -> Result<Vec<u8>, Box<dyn Error>> {
        self.writer.write_all(request.as_bytes())?;
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        let succeeded = line
            .split(' ')
            .nth(1)
            .is_some_and(|status| status.starts_with('2'));
        let status = line.trim_end().to_owned();
        let mut length = 0;
        loop {
            line.clear();
            self.reader.read_line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        if succeeded {
            Ok(body)
        } else {
            Err(format!("{status}: {}", String::from_utf8_lossy(&body)).into())
        }
    }
}
