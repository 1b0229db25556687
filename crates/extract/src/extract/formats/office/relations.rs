//! [`Relations`]: how the entries of a package of Office lead to each other.

use super::super::package::{Package, resolve};
use super::super::xml::{Token, Xml, decode};
use crate::extract::Unreadable;

/// The relations of one entry.
#[derive(Default)]
pub(super) struct Relations(Vec<Relation>);

struct Relation {
    id: String,
    kind: String,
    /// The name of the entry that it leads to.
    target: String,
}

impl Relations {
    /// Reads the relations of the entry `from`, or of the whole package if that is empty.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if they are damaged. An entry may have none.
    pub(super) fn of(package: &Package<'_>, from: &str) -> Result<Self, Unreadable> {
        let (folder, name) = from.rsplit_once('/').unwrap_or(("", from));
        let separator = if folder.is_empty() { "" } else { "/" };
        let entry = format!("{folder}{separator}_rels/{name}.rels");
        let Some(bytes) = package.read(&entry)? else { return Ok(Self::default()) };
        let text = decode(bytes, &entry)?;
        let mut xml = Xml::new(&text, &entry);
        let mut relations = Vec::new();
        while let Some(token) = xml.next()? {
            let Token::Open(element) = token else { continue };
            let attributes = ["Id", "Type", "Target"].map(|name| element.attribute(name));
            let [Some(id), Some(kind), Some(target)] = attributes else { continue };
            if element.attribute("TargetMode").as_deref() != Some("External") {
                relations.push(Relation { id, kind, target: resolve(from, &target) });
            }
        }
        Ok(Self(relations))
    }

    /// Returns the entry that the relation with this id leads to.
    pub(super) fn by_id(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|relation| relation.id == id).map(|relation| &*relation.target)
    }

    /// Returns the entries that relations of a kind lead to, by the end of its name.
    pub(super) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.0.iter().filter(move |it| it.kind.rsplit('/').next() == Some(kind));
        found.map(|relation| &*relation.target)
    }
}
