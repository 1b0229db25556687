//! [`Keys`]: gives the records of a file the keys by which they are known.

use std::collections::HashSet;

use crate::source::SourceId;

/// Gives records their keys.
#[derive(Default)]
pub(in crate::extract::formats) struct Keys {
    taken: HashSet<String>,
    /// The number of records whose own key another record has, or which is too long.
    pub(in crate::extract::formats) refused: usize,
}

impl Keys {
    /// The maximum length of a key in bytes. Each passage carries it.
    const MAX: usize = 80;

    /// Returns the key of record `number`: its own, where it has one that no record before it has,
    /// or else its number.
    pub(in crate::extract::formats) fn of(&mut self, own: Option<&str>, number: u32) -> String {
        let own = own.map(str::trim).filter(|own| !own.is_empty());
        if let Some(own) = own {
            if let Some(key) = self.take(own) {
                return key;
            }
            self.refused += 1;
        }
        let mut key = number.to_string();
        while !self.taken.insert(key.clone()) {
            key.push_str("-b");
        }
        key
    }

    /// Takes the key of this name, unless it is too long, or another record's.
    fn take(&mut self, own: &str) -> Option<String> {
        let key = SourceId::slug(own).as_str().to_owned();
        (key.len() <= Self::MAX && self.taken.insert(key.clone())).then_some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique() {
        let mut keys = Keys::default();
        let long = "x".repeat(200);
        let own = [Some("A 1"), None, Some("a-1"), Some("4"), None, Some(long.as_str()), Some("4")];
        let given: Vec<String> = (1..).zip(own).map(|(number, own)| keys.of(own, number)).collect();
        assert_eq!(given, ["a-1", "2", "3", "4", "5", "6", "7"]);
        assert_eq!(keys.of(None, 4), "4-b");
        assert_eq!(keys.refused, 3);
    }
}
