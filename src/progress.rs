//! Progress bars for updates of the index ([`UpdateBar`]) and for many claims.

use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use pincite_core::index::Progress;

/// Returns a bar on standard error with the number of claims done and the time left. It is drawn
/// only on a terminal, and only for many claims.
pub(super) fn claims(quiet: bool, claims: usize) -> ProgressBar {
    const FEW: usize = 10;
    let bar =
        if quiet || claims < FEW { ProgressBar::hidden() } else { ProgressBar::new(claims as u64) };
    match ProgressStyle::with_template("{pos}/{len} claims {wide_bar} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// A bar on standard error with files, megabytes per second and time left, drawn only on a
/// terminal.
pub(super) struct UpdateBar {
    bar: ProgressBar,
    files: AtomicU64,
    done: AtomicU64,
}

impl UpdateBar {
    pub(super) fn new(quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
        let template = "{msg} {wide_bar} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, files: AtomicU64::new(0), done: AtomicU64::new(0) }
    }
}

impl Progress for UpdateBar {
    fn planned(&self, files: u64, bytes: u64) {
        self.files.store(files, Ordering::Relaxed);
        self.bar.set_length(bytes);
        self.bar.set_message(format!("0/{files} files"));
    }

    fn file_done(&self, _file: &str, bytes: u64) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if !self.bar.is_hidden() {
            self.bar.set_message(format!("{done}/{} files", self.files.load(Ordering::Relaxed)));
        }
        self.bar.inc(bytes);
    }

    fn committing(&self) {
        self.bar.set_message("writing the index");
        self.bar.tick();
    }
}

impl Drop for UpdateBar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
