//! [`Near`]: an automaton that asks more of words that begin with another letter.
//!
//! Hardly any slip is in the first letter, and an automaton of distance 2 that allows for one there
//! looks at most words of a dictionary.

use tantivy_fst::Automaton;

/// Accepts what `same` accepts of the words with the same first letter, and what `other` accepts of
/// the others.
pub(super) struct Near<'w, A> {
    /// The first letter, in UTF-8.
    pub(super) first: &'w [u8],
    pub(super) same: A,
    pub(super) other: A,
}

/// The states of [`Near`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Read<S> {
    /// As many bytes have been read, all of the first letter: the states of `same` and of `other`.
    First(usize, S, S),
    Same(S),
    Other(S),
}

impl<A: Automaton> Automaton for Near<'_, A> {
    type State = Read<A::State>;

    fn start(&self) -> Self::State {
        Read::First(0, self.same.start(), self.other.start())
    }

    fn is_match(&self, read: &Self::State) -> bool {
        match read {
            Read::First(_, _, other) | Read::Other(other) => self.other.is_match(other),
            Read::Same(same) => self.same.is_match(same),
        }
    }

    fn can_match(&self, read: &Self::State) -> bool {
        match read {
            Read::First(..) => true,
            Read::Same(same) => self.same.can_match(same),
            Read::Other(other) => self.other.can_match(other),
        }
    }

    fn accept(&self, read: &Self::State, byte: u8) -> Self::State {
        match read {
            Read::First(at, same, other) if self.first[*at] == byte => {
                let same = self.same.accept(same, byte);
                if at + 1 == self.first.len() {
                    Read::Same(same)
                } else {
                    Read::First(at + 1, same, self.other.accept(other, byte))
                }
            }
            Read::First(_, _, other) | Read::Other(other) => {
                Read::Other(self.other.accept(other, byte))
            }
            Read::Same(same) => Read::Same(self.same.accept(same, byte)),
        }
    }
}
