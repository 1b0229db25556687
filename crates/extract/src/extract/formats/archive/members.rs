//! [`Members`]: the sources in an archive.

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::keys::Keys;
use super::super::registry::{extractor_for, inner_name, is_archive, stem};
use super::name;
use crate::corpus::NotRead;
use crate::extract::{Document, Extractor, Fields, Records, Room, Slot, Split, Unreadable};
use crate::files::MAX_TEXT;
use crate::source::{FileRecord, Metadata};
use crate::text::Position;

/// The maximum number of messages about members.
const MESSAGES: usize = 20;

/// Unpacks members of an archive.
pub(super) trait Container: Send + Sync {
    /// Unpacks the `n`th of the members that were listed.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it is damaged, encrypted or too large.
    fn unpack(&self, n: usize) -> Result<Vec<u8>, Unreadable>;

    /// Returns what the archive itself says of the `n`th member.
    fn about(&self, _n: usize) -> Option<Metadata> {
        None
    }
}

/// The content of an archive.
pub(super) struct Listing {
    pub(super) container: Box<dyn Container>,
    pub(super) members: Vec<Listed>,
    pub(super) warnings: Vec<String>,
    /// Set if members are archives of which only the members count.
    pub(super) is_flat: bool,
}

/// A member of an archive.
pub(super) struct Listed {
    pub(super) name: String,
    /// The number of bytes that it unpacks to.
    size: u64,
    kind: Kind,
}

enum Kind {
    /// It is read by its name.
    Named,
    /// It is a web page or another body with this address, and has a format of its own.
    Addressed(&'static dyn Extractor),
    PassedOver,
}

impl Listed {
    /// A file, with the number of bytes that it unpacks to.
    pub(super) fn named(name: String, size: u64) -> Self {
        Self { name, size, kind: Kind::Named }
    }

    /// The body of an answer from an address, with the number of bytes that it unpacks to.
    pub(super) fn addressed(name: String, size: u64, reader: &'static dyn Extractor) -> Self {
        Self { name, size, kind: Kind::Addressed(reader) }
    }

    /// Leaves it out without a word.
    pub(super) fn pass_over(&mut self) {
        self.kind = Kind::PassedOver;
    }
}

/// The sources in an archive.
pub(super) struct Members {
    container: Box<dyn Container>,
    members: Vec<Member>,
    slots: Vec<Slot>,
    /// The member of each slot, and its record in that, if it has several.
    places: Vec<(usize, Option<usize>)>,
    fields: Fields,
    depth: u8,
    warnings: Vec<String>,
    /// The member that was opened last: records are asked for in order.
    open: Mutex<Option<(usize, Arc<Open>)>>,
}

struct Member {
    /// Its number in the container.
    nth: usize,
    reader: &'static dyn Extractor,
    /// Set if it has several sources.
    has_records: bool,
}

/// A member that is unpacked.
enum Open {
    One(Vec<u8>),
    Several(Box<dyn Records>),
    Unreadable(Unreadable),
}

/// The sources of an archive while they are looked for.
struct Finder<'a> {
    fields: &'a Fields,
    room: &'a Room,
    is_flat: bool,
    keys: Keys,
    members: Vec<Member>,
    slots: Vec<Slot>,
    places: Vec<(usize, Option<usize>)>,
    not_read: NotRead,
    messages: Vec<String>,
    more: usize,
}

impl Members {
    /// Finds the sources in what was listed: each member that is read is one, or has several.
    pub(super) fn read(listing: Listing, fields: &Fields, room: &Room) -> Split {
        let Listing { container, members: listed, mut warnings, is_flat } = listing;
        let mut finder = Finder {
            fields,
            room,
            is_flat,
            keys: Keys::default(),
            members: Vec::new(),
            slots: Vec::new(),
            places: Vec::new(),
            not_read: NotRead::default(),
            messages: Vec::new(),
            more: 0,
        };
        for (nth, member) in listed.into_iter().enumerate() {
            if finder.slots.len() >= room.members() {
                finder.message(room.too_many());
                break;
            }
            finder.add(nth, member, &*container);
        }
        let Finder { members, slots, places, not_read, messages, more, .. } = finder;
        if slots.is_empty() {
            let reason = messages.into_iter().next();
            let others = (!not_read.is_empty()).then(|| format!(" ({not_read})"));
            let nothing = || format!("has no member that is read{}", others.unwrap_or_default());
            return Split::Data(reason.unwrap_or_else(nothing));
        }
        warnings.extend(messages);
        if more > 0 {
            warnings.push(format!("has {more} more such members"));
        }
        if !not_read.is_empty() {
            let count = not_read.files().len();
            warnings.push(format!("has {count} member(s) that are not read: {not_read}"));
        }
        Split::Several(Box::new(Self {
            container,
            members,
            slots,
            places,
            fields: fields.clone(),
            depth: room.depth(),
            warnings,
            open: Mutex::default(),
        }))
    }

    /// Unpacks a member, unless it is the one that was unpacked last.
    fn open(&self, member: usize) -> Arc<Open> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((last, unpacked)) = &*open
            && *last == member
        {
            return Arc::clone(unpacked);
        }
        // Let go of the member before first.
        *open = None;
        let Member { nth, reader, has_records } = &self.members[member];
        let unpacked = match self.container.unpack(*nth) {
            Err(error) => Open::Unreadable(error),
            // It is split when it is read.
            Ok(bytes) if !has_records => Open::One(bytes),
            Ok(bytes) => match self.split(*reader, bytes) {
                Ok(Split::Several(records)) => Open::Several(records),
                Ok(_) => Open::Unreadable(changed()),
                Err(error) => Open::Unreadable(error),
            },
        };
        let unpacked = Arc::new(unpacked);
        *open = Some((member, Arc::clone(&unpacked)));
        unpacked
    }

    fn split(&self, reader: &dyn Extractor, bytes: Vec<u8>) -> Result<Split, Unreadable> {
        reader.split_content(bytes.into(), &self.fields, &Room::at(self.depth))
    }
}

impl Records for Members {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn bytes(&self, i: usize) -> Cow<'_, [u8]> {
        let (member, record) = self.places[i];
        match (&*self.open(member), record) {
            (Open::One(bytes), _) => bytes.clone().into(),
            (Open::Several(records), Some(record)) => records.bytes(record).into_owned().into(),
            _ => Cow::Borrowed(&[]),
        }
    }

    fn document(&self, i: usize) -> Result<Document, Unreadable> {
        let (member, record) = self.places[i];
        let mut document = match (&*self.open(member), record) {
            (Open::Unreadable(error), _) => return Err(error.clone()),
            (Open::Several(records), Some(record)) => records.document(record)?,
            (Open::One(bytes), None) => {
                match self.split(self.members[member].reader, bytes.clone())? {
                    Split::One(document) => *document,
                    _ => return Err(changed()),
                }
            }
            _ => return Err(changed()),
        };
        if let Some(about) = self.container.about(self.members[member].nth) {
            document.metadata.fill(&about);
        }
        Ok(document)
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

impl Finder<'_> {
    fn add(&mut self, nth: usize, listed: Listed, container: &dyn Container) {
        let Listed { name, size, kind } = listed;
        let (name, reader) = match kind {
            Kind::PassedOver => return,
            Kind::Addressed(reader) => (name, Some(reader)),
            Kind::Named => match name::checked(&name) {
                Ok(None) => return,
                Ok(Some(name)) => {
                    let reader = extractor_for(Path::new(&name));
                    (name, reader)
                }
                Err(reason) => {
                    let shown: String = name.chars().take(80).collect();
                    return self.message(format!("member {shown:?} {reason}: it is not read"));
                }
            },
        };
        let Some(reader) = reader else {
            return self.not_read.add(name, String::new());
        };
        if size > MAX_TEXT {
            let most = MAX_TEXT >> 20;
            return self.message(format!("member {name} is not read: it has more than {most} MiB"));
        }
        if !self.room.take(size) {
            return self.message(format!("member {name} is not read: {}", self.room.is_full()));
        }
        let member = self.members.len();
        let mut has_records = false;
        if reader.has_records() {
            let split = container
                .unpack(nth)
                .and_then(|bytes| reader.split_content(bytes.into(), self.fields, self.room));
            match split {
                Err(error) => return self.message(format!("member {name} {error}")),
                Ok(Split::Data(reason)) if is_archive(reader.name()) => {
                    return self.message(format!("member {name} {reason}"));
                }
                Ok(Split::Data(_)) => return self.not_read.add(name, String::new()),
                Ok(Split::Several(records)) => {
                    has_records = true;
                    self.records(member, &name, &*records);
                }
                Ok(Split::One(_)) => self.one(member, name),
            }
        } else {
            self.one(member, name);
        }
        self.members.push(Member { nth, reader, has_records });
    }

    fn one(&mut self, member: usize, name: String) {
        let number = self.number();
        let key = self.keys.of(Some(&key(&name)), number);
        let place = FileRecord { number, bytes: None, start: Position::START };
        let member_name = joined(name, None);
        self.slots.push(Slot { key, place, member: Some(member_name) });
        self.places.push((member, None));
    }

    /// Adds the records of a member.
    fn records(&mut self, member: usize, name: &str, records: &dyn Records) {
        for warning in records.warnings() {
            self.message(format!("member {name} {warning}"));
        }
        let first = self.number();
        let above = (!self.is_flat).then(|| self.keys.of(Some(&key(name)), first));
        for (i, slot) in records.slots().iter().enumerate() {
            if self.slots.len() >= self.room.members() {
                break;
            }
            let number = self.number();
            let key = match &above {
                Some(above) => format!("{above}!{}", slot.key),
                None => self.keys.of(Some(&slot.key), number),
            };
            let place = FileRecord { number, ..slot.place };
            let member_name = joined(name.to_owned(), slot.member.clone());
            self.slots.push(Slot { key, place, member: Some(member_name) });
            self.places.push((member, Some(i)));
        }
    }

    /// Returns the number of the next source.
    fn number(&self) -> u32 {
        u32::try_from(self.slots.len() + 1).unwrap_or(u32::MAX)
    }

    fn message(&mut self, message: String) {
        if self.messages.len() < MESSAGES {
            self.messages.push(message);
        } else {
            self.more += 1;
        }
    }
}

/// Returns the error for a member that is another than when it was listed.
fn changed() -> Unreadable {
    Unreadable("cannot be read".to_owned())
}

/// Returns the key of a member of this name: without its extension, as the id of a file is, and
/// without the scheme of an address.
fn key(name: &str) -> String {
    match name.split_once("://") {
        Some((_, address)) => address.to_owned(),
        None => stem(name).to_owned(),
    }
}

/// Returns the name of a member within a member.
fn joined(name: String, inner: Option<String>) -> String {
    match inner.or_else(|| inner_name(&name).map(str::to_owned)) {
        Some(inner) => format!("{name}!{inner}"),
        None => name,
    }
}
