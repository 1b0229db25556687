//! [`Tokens`]: the groups, control words and text of an RTF file.

/// The next piece of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// A control word, with its number if it has one.
    Word(&'a str, Option<i32>),
    /// `\*`: the group is of a kind that readers may not know.
    Optional,
    /// A byte of text in the encoding of its font, written in hexadecimal digits.
    Byte(u8),
    /// Bytes of text, without line breaks, which mean nothing.
    Text(&'a [u8]),
    /// A character that has a control sign of its own.
    Sign(char),
}

/// A walk over a file.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Passes over binary data.
    pub(super) fn pass(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes).min(self.bytes.len());
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let sign = *self.bytes.get(self.at)?;
        if sign.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.at += 1;
        Some(match sign {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2)?;
                let digits = str::from_utf8(digits).ok();
                self.at += 2;
                Token::Byte(digits.and_then(|it| u8::from_str_radix(it, 16).ok()).unwrap_or(b'?'))
            }
            b'*' => Token::Optional,
            b'~' => Token::Sign('\u{a0}'),
            b'_' => Token::Sign('\u{2011}'),
            // Where a word may be broken, which it is not.
            b'-' => Token::Sign('\u{ad}'),
            b'\n' | b'\r' => Token::Word("par", None),
            b'\\' | b'{' | b'}' => Token::Text(&self.bytes[self.at - 1..self.at]),
            _ => Token::Text(b""),
        })
    }

    fn word(&mut self) -> Token<'a> {
        /// The maximum length of a word; no reader knows a longer one.
        const MAX: usize = 32;
        let rest = &self.bytes[self.at..];
        let len = rest.iter().take(MAX).take_while(|byte| byte.is_ascii_alphabetic()).count();
        // It is ASCII.
        let word = str::from_utf8(&rest[..len]).unwrap_or_default();
        let rest = &rest[len..];
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let mut number = None;
        let mut end = self.at + len;
        if digits > 0 {
            let text = str::from_utf8(&rest[..sign + digits]).unwrap_or_default();
            number = text.parse().ok();
            end += sign + digits;
        }
        // One space belongs to the word.
        self.at = end + usize::from(self.bytes.get(end) == Some(&b' '));
        Token::Word(word, number)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b'{' | b'}' => {
                    self.at += 1;
                    return Some(if byte == b'{' { Token::Open } else { Token::Close });
                }
                b'\\' => {
                    self.at += 1;
                    return self.control();
                }
                b'\r' | b'\n' | 0 => self.at += 1,
                _ => {
                    let rest = &self.bytes[self.at..];
                    let is_text =
                        |byte: &u8| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let len = rest.iter().take_while(|byte| is_text(byte)).count();
                    self.at += len;
                    return Some(Token::Text(&rest[..len]));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_numbers_and_one_space() {
        let tokens: Vec<Token<'_>> =
            Tokens::new(b"{\\b0 a\\par\n\\u-3 ?\\'e9\\~\\{\\*x}\\'").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Text(b"a"),
                Token::Word("par", None),
                Token::Word("u", Some(-3)),
                Token::Text(b"?"),
                Token::Byte(0xE9),
                Token::Sign('\u{a0}'),
                Token::Text(b"{"),
                Token::Optional,
                Token::Text(b"x"),
                Token::Close,
            ]
        );
    }
}
