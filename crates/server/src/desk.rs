//! [`Desk`]: what all doors of the server share: the engine, the styles, and how many questions are
//! answered at once.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::Semaphore;

use crate::facets::Facets;
use crate::refusal::Refusal;
use pincite_core::cite::Style;
use pincite_core::engine::Engine;
use pincite_core::index::Report;

/// The most questions that wait for others to be answered.
const WAITING: usize = 256;

/// The state that all doors share; cloning it is cheap.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Shared>);

struct Shared {
    engine: Arc<Engine>,
    /// The report of the last update of the index, if this process made it.
    report: Option<Report>,
    /// Bundled styles that were asked for.
    styles: Mutex<HashMap<String, Arc<Style>>>,
    /// The facets of the commit with this mark.
    facets: Mutex<Option<(String, Arc<Facets>)>>,
    /// One permit for each question that is being answered.
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Desk {
    /// A desk that answers as many questions at once as there are cores.
    pub(crate) fn new(engine: Arc<Engine>, report: Option<Report>) -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        Self(Arc::new(Shared {
            engine,
            report,
            styles: Mutex::default(),
            facets: Mutex::default(),
            permits: Arc::new(Semaphore::new(cores.max(2))),
            waiting: AtomicUsize::new(0),
        }))
    }

    /// The engine.
    pub(crate) fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// The report of the last update of the index, if this process made it.
    pub(crate) fn report(&self) -> Option<&Report> {
        self.0.report.as_ref()
    }

    /// Does `work` on a thread on which it may block, when it is its turn.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let waiting = Waiting::queued(&self.0.waiting)?;
        let permit = Arc::clone(&self.0.permits).acquire_owned().await;
        let permit = permit.map_err(|_| Refusal::busy())?;
        drop(waiting);
        let desk = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work(&desk)
        });
        done.await
            .unwrap_or_else(|_| Err(Refusal::internal("pincite failed where it should not have")))
    }

    /// The bundled style of this name, or the default one. Files are not read: the name comes from
    /// whoever asks.
    pub(crate) fn style(&self, name: Option<&str>) -> Result<Arc<Style>, Refusal> {
        let name = name.filter(|name| !name.is_empty()).unwrap_or(Style::DEFAULT);
        let mut styles = self.0.styles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(style) = styles.get(name) {
            return Ok(Arc::clone(style));
        }
        if !Style::names().contains(&name) {
            let detail = format!("there is no citation style “{name}”");
            return Err(Refusal::bad_request(detail).with_hint("apa, mla, chicago, harvard, …"));
        }
        let style = Arc::new(Style::find(name)?);
        styles.insert(name.to_owned(), Arc::clone(&style));
        Ok(style)
    }

    /// The values that sources can be filtered by, counted once a commit.
    pub(crate) fn facets(&self) -> Result<Arc<Facets>, Refusal> {
        let mark = self.engine().mark()?;
        let mut facets = self.0.facets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, facets)) = &*facets
            && *of == mark
        {
            return Ok(Arc::clone(facets));
        }
        let counted = Arc::new(Facets::of(&self.engine().sources()?));
        *facets = Some((mark, Arc::clone(&counted)));
        Ok(counted)
    }
}

/// A question in the queue, which leaves it when this is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn queued(waiting: &'a AtomicUsize) -> Result<Self, Refusal> {
        if waiting.fetch_add(1, Ordering::Relaxed) >= WAITING {
            waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Refusal::busy());
        }
        Ok(Self(waiting))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Tells work on another thread that whoever asked has gone, when this is dropped.
#[derive(Default)]
pub(crate) struct Asker(Arc<AtomicBool>);

impl Asker {
    /// A flag that is set when the asker has gone.
    pub(crate) fn gone(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}

impl Drop for Asker {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
