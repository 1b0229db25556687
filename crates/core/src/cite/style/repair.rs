//! Repairs what hayagriva leaves out or leaves over.

use hayagriva::citationberg::{
    Choose, IndependentStyle, LayoutRenderingElement, Name, Names, NamesChild,
};

/// Gives every list of names in a style the element that says how a name is written. Without it
/// hayagriva writes no name at all if the list has any other element, such as a label, though CSL
/// has a default for it.
pub(super) fn complete_names(style: &mut IndependentStyle) {
    for each in &mut style.macros {
        complete(&mut each.children);
    }
    complete(&mut style.citation.layout.elements);
    if let Some(bibliography) = &mut style.bibliography {
        complete(&mut bibliography.layout.elements);
    }
}

fn complete(elements: &mut [LayoutRenderingElement]) {
    for element in elements {
        match element {
            LayoutRenderingElement::Names(names) => complete_list(names),
            LayoutRenderingElement::Group(group) => complete(&mut group.children),
            LayoutRenderingElement::Choose(Choose { if_, else_if, otherwise }) => {
                complete(&mut if_.children);
                else_if.iter_mut().for_each(|branch| complete(&mut branch.children));
                otherwise.iter_mut().for_each(|branch| complete(&mut branch.children));
            }
            _ => {}
        }
    }
}

fn complete_list(names: &mut Names) {
    let has_name = names.children.iter().any(|child| matches!(child, NamesChild::Name(_)));
    if !names.children.is_empty() && !has_name {
        names.children.insert(0, NamesChild::Name(Name::default()));
    }
}

/// Removes the comma that hayagriva leaves after a year where a style asks for a month and a day
/// that are not known, or at the end of a reference, and a full stop after one that is in quotation
/// marks.
pub(super) fn punctuation(line: String, year: Option<i16>) -> String {
    let mut line = line.replace(".”.", ".”");
    if line.ends_with(",.") {
        line.truncate(line.len() - 2);
        line.push('.');
    }
    if let Some(year) = year {
        for end in [")", "]", ".", ";", ":"] {
            line = line.replace(&format!("{year},{end}"), &format!("{year}{end}"));
            line = line.replace(&format!("{year}, {end}"), &format!("{year}{end}"));
        }
        line = match line.strip_suffix(',') {
            Some(rest) if rest.ends_with(&year.to_string()) => rest.to_owned(),
            _ => line,
        };
    }
    line
}
