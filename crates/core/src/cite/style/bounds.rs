//! Limits on the depth and the size of a CSL style.
//!
//! hayagriva follows a style wherever it leads: nested elements and macros that call macros until
//! the stack overflows, and macros that call another one twice, which calls yet another one twice,
//! for as long as it takes.

use std::collections::HashMap;

use hayagriva::citationberg::{IndependentStyle, LayoutRenderingElement, TextTarget};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::cite::reference::clean;

/// The maximum depth of elements in the file, and of those in a layout with all macros put in their
/// places. A test holds the bundled styles against a
/// quarter of it.
const MAX_DEPTH: usize = 200;

/// The maximum number of elements of a layout with all macros put in their places, of the branches
/// of a choice those of the largest. A test holds the bundled styles against a quarter of it.
const MAX_SIZE: usize = 100_000;

/// The fault of a style that is nested beyond [`MAX_DEPTH`].
pub(super) const TOO_DEEP: &str = "its elements are nested too deep";

/// Returns whether the elements of a file are nested beyond the limit. What is no XML is left to
/// the parser that follows.
pub(super) fn is_too_deep(xml: &str) -> bool {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
}

/// Checks that a style comes to an end, and soon enough.
pub(super) fn check(style: &IndependentStyle) -> Result<(), String> {
    let macros = style.macros.iter().map(|each| (each.name.as_str(), each.children.as_slice()));
    let mut measure = Measure { macros: macros.collect(), known: HashMap::new() };
    for each in &style.macros {
        measure.of_macro(&each.name, 0)?;
    }
    let layouts = [Some(&style.citation.layout), style.bibliography.as_ref().map(|it| &it.layout)];
    for layout in layouts.into_iter().flatten() {
        measure.of(&layout.elements, 0)?;
    }
    Ok(())
}

/// The size and depth of elements with all macros put in their places.
#[derive(Clone, Copy, Default)]
struct Extent {
    size: usize,
    depth: usize,
}

/// Measures the elements of a style.
struct Measure<'a> {
    macros: HashMap<&'a str, &'a [LayoutRenderingElement]>,
    /// The extent of each macro that was looked at; `None` while that goes on.
    known: HashMap<&'a str, Option<Extent>>,
}

impl<'a> Measure<'a> {
    /// Measures elements that are `above` levels deep themselves.
    fn of(
        &mut self,
        elements: &'a [LayoutRenderingElement],
        above: usize,
    ) -> Result<Extent, String> {
        let mut all = Extent::default();
        if above > MAX_DEPTH {
            return Err(TOO_DEEP.to_owned());
        }
        for element in elements {
            let inner = self.of_element(element, above + 1)?;
            all.size += inner.size + 1;
            all.depth = all.depth.max(inner.depth + 1);
            if all.depth > MAX_DEPTH {
                return Err(TOO_DEEP.to_owned());
            }
            if all.size > MAX_SIZE {
                return Err("its macros expand to too much".to_owned());
            }
        }
        Ok(all)
    }

    fn of_element(
        &mut self,
        element: &'a LayoutRenderingElement,
        above: usize,
    ) -> Result<Extent, String> {
        let mut lists: Vec<&'a [LayoutRenderingElement]> = Vec::new();
        // Only one of the branches of a choice is taken.
        let mut is_choice = false;
        match element {
            LayoutRenderingElement::Text(text) => {
                if let TextTarget::Macro { name } = &text.target {
                    return self.of_macro(name, above);
                }
            }
            LayoutRenderingElement::Group(group) => lists.push(&group.children),
            LayoutRenderingElement::Choose(choose) => {
                is_choice = true;
                lists.extend(choose.branches().map(|branch| branch.children.as_slice()));
                lists.extend(choose.otherwise.iter().map(|branch| branch.children.as_slice()));
            }
            LayoutRenderingElement::Names(names) => {
                lists.extend(names.substitute().iter().map(|it| it.children.as_slice()));
            }
            _ => {}
        }
        let mut all = Extent::default();
        for list in lists {
            let inner = self.of(list, above)?;
            all.size = if is_choice { all.size.max(inner.size) } else { all.size + inner.size };
            all.depth = all.depth.max(inner.depth);
        }
        Ok(all)
    }

    /// Measures a macro. One that calls itself, by way of others or not, never comes to an end.
    fn of_macro(&mut self, name: &'a str, above: usize) -> Result<Extent, String> {
        match self.known.get(name) {
            Some(Some(extent)) => return Ok(*extent),
            Some(None) => {
                return Err(format!("the macro “{}” never comes to an end", clean(name)));
            }
            None => {}
        }
        // hayagriva passes over a macro that is not there.
        let Some(elements) = self.macros.get(name).copied() else { return Ok(Extent::default()) };
        self.known.insert(name, None);
        let extent = self.of(elements, above + 1)?;
        self.known.insert(name, Some(extent));
        Ok(extent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_styles_are_well_within_the_bounds() {
        use hayagriva::archive::ArchivedStyle;
        use hayagriva::citationberg::Style;
        let mut most = Extent::default();
        for style in ArchivedStyle::all() {
            let Style::Independent(style) = style.get() else { continue };
            let macros: Vec<_> =
                style.macros.iter().map(|it| (it.name.as_str(), it.children.as_slice())).collect();
            let mut measure =
                Measure { macros: macros.into_iter().collect(), known: HashMap::new() };
            let bibliography = style.bibliography.as_ref().map(|it| &it.layout);
            for layout in [Some(&style.citation.layout), bibliography].into_iter().flatten() {
                let extent = measure.of(&layout.elements, 0).expect("it ends");
                most.size = most.size.max(extent.size);
                most.depth = most.depth.max(extent.depth);
            }
        }
        assert!(
            most.size * 4 <= MAX_SIZE && most.depth * 4 <= MAX_DEPTH,
            "{} {}",
            most.size,
            most.depth
        );
    }
}
