//! Asks a server as programs and browsers do, without a network.

mod api;
mod contrast;
mod desk;
mod mcp;
mod pages;
