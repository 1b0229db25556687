//! Reads a piece of a page that is the value of a field, as systems for publishing export them.

use super::blocks_of;
use super::chosen::by_element;
use super::leaf::Leaf;
use super::page::{Page, is_block};
use crate::extract::Block;

/// Returns whether a value is plainly a piece of a page: it begins with the tag of a paragraph, or
/// of another block, or with a comment, and a block ends in it; or two paragraphs end in it. A text
/// that only speaks of tags is none.
pub(in crate::extract::formats) fn is_fragment(value: &str) -> bool {
    let start = value.trim_start();
    let begins = start.starts_with("<!--") || start.strip_prefix('<').is_some_and(names_block);
    let mut ends = value.match_indices("</").filter(|(at, _)| names_block(&value[at + 2..]));
    match begins {
        true => ends.next().is_some(),
        false => value.match_indices("</p>").chain(value.match_indices("</P>")).nth(1).is_some(),
    }
}

/// Returns whether a text begins with the name of an element that is a block, as a tag has it.
fn names_block(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let follows = text[end..].starts_with(|c: char| matches!(c, '>' | '/') || c.is_whitespace());
    follows && is_block(&text[..end].to_ascii_lowercase())
}

/// Returns the leaves of a piece of a page.
pub(in crate::extract::formats) fn leaves(value: &str) -> Vec<Leaf> {
    Page::read(value).leaves
}

/// Returns the blocks that leaves are, whose places are in `text`.
pub(in crate::extract::formats) fn blocks(text: &str, leaves: &[Leaf]) -> Vec<Block> {
    blocks_of(text, leaves, &by_element(leaves), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_plainly_a_piece_of_a_page_is_one() {
        for (value, is) in [
            ("<p>It rained.</p>", true),
            ("\n <!-- a block --><figure><img src=a></figure> It rained.", true),
            ("<H2 class=\"a\">Rain</H2>It rained.", true),
            ("It rained.<p>All day.</p><p>All night.</p>", true),
            ("It rained.", false),
            ("<p>It rained.", false),
            ("<b>It</b> rained.", false),
            ("Put <p> before it and </p> behind it.", false),
            ("<person> asked </person> whom?", false),
            ("3 < 4 </ 5", false),
            ("</p> ends it, <p> begins it.", false),
            ("<", false),
        ] {
            assert_eq!(is_fragment(value), is, "{value}");
        }
    }
}
