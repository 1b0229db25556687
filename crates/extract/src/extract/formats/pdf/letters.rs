//! The letters that ligatures stand for.

/// Returns text without ligatures and characters that mean nothing.
pub(super) fn without_ligatures(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => read.push_str("ff"),
            'ﬁ' => read.push_str("fi"),
            'ﬂ' => read.push_str("fl"),
            'ﬃ' => read.push_str("ffi"),
            'ﬄ' => read.push_str("ffl"),
            'ﬅ' | 'ﬆ' => read.push_str("st"),
            c if c.is_control() => read.push(' '),
            c => read.push(c),
        }
    }
    read
}
