//! The server over a socket: one program, since each would link the whole of it again.

mod answers;
mod case;
mod clerk;
mod client;
mod clock;
mod connections;
mod control;
mod enhance;
mod enhance_worlds;
mod faults;
mod logto;
mod outbox;
#[cfg(unix)]
mod process;
#[cfg(unix)]
mod settings;
mod state;
mod whylabs;
mod worlds;
