//! The server over a socket: one program, since each would link the whole of it again.

mod acme;
mod answers;
mod case;
mod clerk;
mod client;
mod clock;
mod commands;
mod connections;
mod control;
mod coverage;
mod embedded;
mod enhance;
mod enhance_worlds;
mod faults;
mod large_answers;
mod logto;
mod outbox;
#[cfg(unix)]
mod process;
mod requests;
#[cfg(unix)]
mod settings;
mod state;
#[cfg(unix)]
mod state_file;
mod verification;
mod violations;
mod whylabs;
mod worlds;
