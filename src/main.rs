//! The `pincite` program: everything is in the library.

fn main() -> std::process::ExitCode {
    pincite::cli::run()
}
