//! The server over a socket: one program, since each would link the whole of it again.

mod answers;
mod case;
mod clerk;
mod client;
mod connections;
mod enhance;
mod enhance_worlds;
mod logto;
#[cfg(unix)]
mod process;
mod whylabs;
