//! Asks a server as programs and browsers do, without a network.

mod api;
mod desk;
mod pages;
