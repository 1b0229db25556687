//! Finds the quotations in a text that people wrote, each with the source that it names.
//!
//! None is walked past: what may be a quotation and cannot be read as one is a request of its own,
//! [unread](Attribution::Unread).

mod blocks;
mod marks;
mod source;
#[cfg(test)]
mod tests;

use self::blocks::{Kind, Paragraph, blocks};
pub(super) use self::marks::unquoted;
use self::marks::{Marks, Pair, Sign, decoded};
use self::source::{following, is_bare, source_line, take_source, without_asides};
use super::attribution::{Attribution, VerifyRequest};

/// The most characters that are shown of what cannot be read.
const SHOWN: usize = 60;

/// The quotations in `text`: those between quotation marks, and block quotes.
pub(super) fn parse(text: &str) -> Vec<VerifyRequest> {
    let blocks = blocks(text);
    let marks: Vec<Marks> = blocks
        .iter()
        .map(|block| match block.kind {
            Kind::Plain => Marks::of(&block.text),
            _ => Marks::default(),
        })
        .collect();
    let ends = ends(&blocks, &marks);
    let mut requests = Vec::new();
    let mut i = 0;
    // The bytes of the next paragraph that were read with the last.
    let mut read = 0;
    while let Some(block) = blocks.get(i) {
        let mut found = Found { block, requests: Vec::new() };
        let mut next = i + 1;
        match block.kind {
            Kind::Plain => {
                let run = continued(&ends, &marks, i);
                found.marked(&marks[i], read, run.as_ref().map(|run| run.open));
                read = 0;
                if let Some(run) = run {
                    read = found.run(&blocks[i..=run.last], &run, &marks[run.last].pairs[0]);
                    next = run.last;
                }
            }
            Kind::Quoted | Kind::Html => {
                if found.quoted(blocks.get(i + 1)) {
                    next += 1;
                }
            }
            Kind::Unclosed => found.unread(0, "this block quote is not closed"),
        }
        requests.extend(found.placed());
        i = next;
    }
    requests
}

/// A quotation over several paragraphs, each of which begins with the mark that opened it.
struct Run {
    open: Sign,
    /// The paragraph that closes it.
    last: usize,
}

/// For each paragraph that begins with a mark: the mark, and the paragraph that closes the quotation
/// of which this one is a part.
type Ends = Vec<Option<(char, usize)>>;

/// Finds the ends of quotations over several paragraphs, each of which begins with the mark that
/// opened it.
fn ends(blocks: &[Paragraph], marks: &[Marks]) -> Ends {
    let mut ends: Ends = vec![None; blocks.len()];
    for i in (0..blocks.len()).rev() {
        let begins = |sign: &&Sign| blocks[i].text[..sign.span.start].trim().is_empty();
        let closed = marks[i].pairs.first().map(|pair| &pair.open).filter(begins);
        let open = marks[i].unclosed.first().filter(|_| marks[i].unclosed.len() == 1);
        ends[i] = match (closed, open.filter(begins)) {
            (Some(sign), None) => Some((sign.mark, i)),
            (_, Some(sign)) => {
                ends.get(i + 1).copied().flatten().filter(|(mark, _)| *mark == sign.mark)
            }
            (None, None) => None,
        };
    }
    ends
}

/// The quotation that a paragraph leaves open and those after it go on with.
fn continued(ends: &Ends, marks: &[Marks], first: usize) -> Option<Run> {
    let open = *marks[first].unclosed.last()?;
    let (mark, last) = ends.get(first + 1).copied().flatten()?;
    (mark == open.mark).then_some(Run { open, last })
}

/// The finds in a paragraph, each with its place there in bytes.
struct Found<'a> {
    block: &'a Paragraph,
    requests: Vec<(usize, String, Attribution)>,
}

impl Found<'_> {
    /// Finds the quotations between the marks of a paragraph, from byte `from` on and up to one
    /// that goes on in the next.
    fn marked(&mut self, marks: &Marks, from: usize, open: Option<Sign>) {
        let text = &self.block.text;
        let until = open.map_or(text.len(), |open| open.span.start);
        let mut read = from;
        // Stretches where nothing is unread: within quotations and the names of their sources.
        let mut taken = vec![(0, from)];
        for pair in &marks.pairs {
            if pair.open.span.start < read || pair.open.span.start >= until {
                continue;
            }
            let within = |inner: &&Pair| {
                pair.open.span.end <= inner.open.span.start
                    && inner.close.span.end <= pair.close.span.start
            };
            let first =
                marks.inner.partition_point(|inner| inner.open.span.start < pair.open.span.start);
            let named: Vec<&Pair> = marks.inner[first..]
                .iter()
                .take_while(within)
                .filter(|inner| self.source_of(inner).0.is_some())
                .collect();
            if named.is_empty() {
                read = self.pair(pair);
                taken.push((pair.open.span.start, read));
                continue;
            }
            // An apostrophe that was taken for a mark has swallowed quotations that name a source.
            self.unread(
                pair.open.span.start,
                "it cannot be told whether this mark opens a quotation",
            );
            for inner in named {
                read = self.pair(inner);
            }
            taken.push((pair.open.span.start, read.max(pair.close.span.end)));
        }
        let mut strays: Vec<(usize, &'static str)> = Vec::new();
        strays.extend(
            marks
                .unclosed
                .iter()
                .map(|sign| (sign.span.start, "this mark opens a quotation that is not closed")),
        );
        strays.extend(
            marks
                .unopened
                .iter()
                .map(|sign| (sign.span.start, "this mark closes a quotation that is not opened")),
        );
        for (at, why) in strays {
            let last = taken.partition_point(|(start, _)| *start <= at);
            let is_taken = last > 0 && at < taken[last - 1].1;
            if at < until && !is_taken {
                self.unread(at, why);
            }
        }
    }

    /// Reads the quotation of a pair and its source; returns where that ends.
    fn pair(&mut self, pair: &Pair) -> usize {
        let quote = &self.block.text[pair.open.span.end..pair.close.span.start];
        let quote = if pair.open.is_html() { decoded(quote) } else { quote.to_owned() };
        let (source, end) = self.source_of(pair);
        let source = attributed_to(source);
        self.add(pair.open.span.start, &quote, source);
        end
    }

    /// The source that is named behind a quotation, and where that ends.
    fn source_of(&self, pair: &Pair) -> (Option<&str>, usize) {
        let after = pair.close.span.end;
        let begins_line = is_bare(&self.block.text[..pair.open.span.start]);
        let (source, used) = following(&self.block.text[after..], begins_line);
        (source, after + used)
    }

    /// Reads a quotation over several paragraphs; returns how much of the last it takes.
    fn run(&mut self, blocks: &[Paragraph], run: &Run, close: &Pair) -> usize {
        let mut quote = self.block.text[run.open.span.end..].trim().to_owned();
        for block in &blocks[1..] {
            let text = block.text.trim_start().trim_start_matches(run.open.mark);
            let end = if std::ptr::eq(block, &blocks[blocks.len() - 1]) {
                text.len() - (block.text.len() - close.close.span.start)
            } else {
                text.len()
            };
            quote += "\n\n";
            quote += text[..end].trim();
        }
        let last = &blocks[blocks.len() - 1];
        let (source, used) = following(&last.text[close.close.span.end..], true);
        self.add(run.open.span.start, &quote, attributed_to(source));
        close.close.span.end + used
    }

    /// Reads a block quote; returns whether the paragraph below it is its source.
    fn quoted(&mut self, below: Option<&Paragraph>) -> bool {
        let (quote, mut source) = take_source(without_asides(self.block.text.trim()));
        let mut takes_next = false;
        if source.is_none()
            && let Some(next) = below.filter(|next| next.kind == Kind::Plain)
            && let Some(name) = source_line(&next.text)
        {
            source = Some(name);
            takes_next = true;
        }
        let attribution = attributed_to(source);
        self.add(0, unquoted(without_asides(quote)), attribution);
        takes_next
    }

    fn unread(&mut self, at: usize, why: &'static str) {
        let rest = self.block.text[at..].trim_start();
        let line = rest.lines().next().unwrap_or_default();
        let shown: String = line.chars().take(SHOWN).collect();
        self.requests.push((at, shown, Attribution::Unread(why)));
    }

    /// Adds a quotation, where it has anything to verify.
    fn add(&mut self, at: usize, quote: &str, attribution: Attribution) {
        let quote = quote.trim();
        if quote.contains(char::is_alphanumeric) {
            self.requests.push((at, quote.to_owned(), attribution));
        }
    }

    /// The requests, in order, with their lines and columns.
    fn placed(mut self) -> impl Iterator<Item = VerifyRequest> {
        self.requests.sort_by_key(|(at, ..)| *at);
        let text = &self.block.text;
        let (mut line, mut column, mut read) = (self.block.line, 1, 0);
        let is_quoted = self.block.kind != Kind::Plain;
        let mut placed = Vec::with_capacity(self.requests.len());
        for (at, quote, attribution) in self.requests {
            for c in text[read..at].chars() {
                (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
            read = at;
            // The columns of a block quote are not those of its file.
            let column = (!is_quoted).then_some(column);
            placed.push(VerifyRequest { line: Some(line), column, quote, attribution });
        }
        placed.into_iter()
    }
}

fn attributed_to(source: Option<&str>) -> Attribution {
    source.map_or(Attribution::Nothing, |name| Attribution::Source(name.to_owned()))
}
