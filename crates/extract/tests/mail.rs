//! Mail: what is declared, what is a message's own, and where it stands in the file.
#![cfg(feature = "mail")]

use std::path::Path;

use pincite_extract::extract::{BlockKind, Document, Fields, Records, Split, extractor_for};
use pincite_extract::source::{SourceId, TextKind};
use proptest::prelude::*;

const PLAIN: &str = "From: Dana Sample <dana@lowland.example>\r
To: \"Rowan Example\" <rowan@hill.example>\r
Subject: The ferry\r
Date: Mon, 3 May 2021 10:00:00 +0200\r
Message-ID: <f-1@lowland.example>\r
Content-Type: text/plain; charset=utf-8\r
\r
The ferry ran at night, though the river was as high as it has been in this\r
spring. Nobody was hurt – so they say.\r
\r
On 2 May 2021, Rowan Example wrote:\r
> Did the ferry run?\r
> I heard that it sank.\r
\r
Yours, Dana\r
-- \r
Dana Sample, harbour office\r
";

const ENCODED: &str = "From: =?utf-8?q?J=C3=BCrgen?= <j@lowland.example>\r
Subject: =?utf-8?B?QnLDvGNrZQ==?=\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=x\r
\r
--x\r
Content-Type: text/plain; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
Die Br=FCcke war gesperrt. Sie kostete 40 Millionen =\r
Kronen.\r
--x\r
Content-Type: application/pdf; name=plan.pdf\r
Content-Transfer-Encoding: base64\r
\r
JVBERi0=\r
--x--\r
";

fn read(text: &str) -> Document {
    let extractor = extractor_for(Path::new("a.eml")).expect("it is read");
    extractor.extract(text.into()).expect("it has a text")
}

fn of_kind(document: &Document, kind: BlockKind) -> Vec<&str> {
    let blocks = document.blocks.iter().filter(|block| block.kind == kind);
    blocks.map(|block| block.readable(&document.text)).collect()
}

#[cfg(feature = "html")]
#[test]
fn a_page_saved_in_one_file_is_read_with_its_address() {
    let page = "From: <Saved by a browser>\r
Snapshot-Content-Location: https://lowland.example/karvo\r
Subject: =?utf-8?Q?The_ferry?=\r
Date: Mon, 3 May 2021 10:00:00 +0200\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type=\"text/html\"; boundary=\"x\"\r
\r
--x\r
Content-Type: text/html\r
Content-Location: https://lowland.example/other\r
Content-Transfer-Encoding: quoted-printable\r
\r
<html><head><title>The ferry</title></head><body><article><p>The ferry at Karvo ran twice =\r
a day, and took eight cars =E2=80=93 whatever the office said of its captain in that year.</p>=\r
</article></body></html>\r
--x\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0=\r
--x--\r
";
    let extractor = extractor_for(Path::new("a.mht")).expect("it is read");
    let document = extractor.extract(page.into()).expect("it has a text");
    assert_eq!(document.kind, TextKind::Extracted);
    assert_eq!(
        of_kind(&document, BlockKind::Paragraph),
        [
            "The ferry at Karvo ran twice a day, and took eight cars – whatever the office said of its \
          captain in that year."
        ]
    );
    let metadata = &document.metadata;
    assert_eq!(metadata.title(), Some("The ferry"));
    assert_eq!(metadata.url(), Some("https://lowland.example/karvo"));
    for (page, reason) in [("", "is empty"), (PLAIN, "has no page in HTML")] {
        let error = extractor.extract(page.into()).expect_err("it is refused");
        assert_eq!(error.0, reason);
    }
}

#[test]
fn a_message_is_cited_where_it_stands_and_quotes_no_other() {
    let document = read(PLAIN);
    assert_eq!((document.kind, document.text.as_str()), (TextKind::File, PLAIN));
    assert_eq!(
        of_kind(&document, BlockKind::Paragraph),
        [
            "The ferry ran at night, though the river was as high as it has been in this spring. \
             Nobody was hurt – so they say.",
            "Yours, Dana"
        ]
    );
    assert_eq!(
        of_kind(&document, BlockKind::Boilerplate),
        [
            "On 2 May 2021, Rowan Example wrote:",
            "> Did the ferry run? > I heard that it sank.",
            "-- Dana Sample, harbour office"
        ]
    );
    let metadata = &document.metadata;
    assert_eq!(metadata.title(), Some("The ferry"));
    assert_eq!(metadata.names("author")[0].display(), "Dana Sample");
    assert_eq!(metadata.names("recipient")[0].display(), "Rowan Example");
    assert_eq!(metadata.issued().map(|date| date.to_string()).as_deref(), Some("2021-05-03"));
}

#[test]
fn an_encoded_message_is_extracted() {
    let document = read(ENCODED);
    assert_eq!(document.kind, TextKind::Extracted);
    assert_eq!(
        of_kind(&document, BlockKind::Paragraph),
        ["Die Brücke war gesperrt. Sie kostete 40 Millionen Kronen."]
    );
    assert_eq!(document.metadata.title(), Some("Brücke"));
    assert_eq!(document.warnings, ["has attachments that are not read: plan.pdf"]);
}

#[test]
fn each_message_of_a_mailbox_is_a_source() {
    let head = "From dana@lowland.example Mon May  3 10:00:00 2021\r\n";
    let mailbox = format!("{head}{PLAIN}\r\n{head}{ENCODED}\r\n{head}{PLAIN}");
    let extractor = extractor_for(Path::new("a.mbox")).expect("it is read");
    let split = extractor.split(mailbox.clone().into_bytes(), &Fields::default());
    let Ok(Split::Several(records)) = split else { panic!("it is a mailbox") };
    let keys: Vec<&str> = records.slots().iter().map(|slot| slot.key.as_str()).collect();
    assert_eq!(keys, ["f-1-lowland.example", "2", "3"]);
    check(&*records, &mailbox);
    assert!(extractor.split(PLAIN.into(), &Fields::default()).is_err());
}

fn check(records: &dyn Records, file: &str) {
    for (i, slot) in records.slots().iter().enumerate() {
        let place = slot.place.bytes.expect("it is in the file");
        assert_eq!(file.as_bytes().get(place.start..place.end), Some(&*records.bytes(i)));
        let Ok(document) = records.document(i) else { continue };
        for passage in document.passages(&SourceId::slug("a")) {
            let start = passage.start.shifted(slot.place.start).byte;
            if document.kind == TextKind::File {
                assert_eq!(
                    file.get(start..start + passage.text.len()),
                    Some(passage.text.as_str())
                );
            }
        }
    }
}

#[test]
fn a_message_that_its_parser_panics_at_leaves_the_others() {
    let part = "Content-Type:message/rfc822\n\n";
    let bad = format!("d\nContent-Type:multipart;boundary=b5\n\n--b5{part}5\n{part}\n--b5--");
    let extractor = extractor_for(Path::new("a.eml")).expect("mail is read");
    let error = extractor.extract(bad.clone().into_bytes()).expect_err("it is damaged");
    assert_eq!(error.0, "is damaged: its parts do not fit together");
    let good = "From a\nSubject: The ferry\n\nThe ferry ran twice a day.\n\n";
    let mailbox = format!("{good}From b\n{bad}\n\n{good}");
    let extractor = extractor_for(Path::new("a.mbox")).expect("mailboxes are read");
    let Ok(Split::Several(records)) = extractor.split(mailbox.into_bytes(), &Fields::default())
    else {
        panic!("the mailbox is read")
    };
    assert_eq!(records.slots().len(), 3);
    assert!(records.document(0).is_ok() && records.document(2).is_ok());
}

#[test]
fn hostile_mail_is_read_in_bounds() {
    let extractor = extractor_for(Path::new("a.eml")).expect("it is read");
    let nested =
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n".repeat(5_000) + "\nIt rained.";
    let headers = "X: y\n".repeat(50_000) + "\nIt rained.";
    let quoted = format!("A: b\n\n{}", "> > a\nb\n".repeat(20_000));
    let messages = format!("A: b\n\n{}", "Content-Type: message/rfc822\n\n".repeat(5_000));
    for text in [nested, headers, quoted, messages] {
        let _ = extractor.extract(text.into_bytes()).map(|it| it.passages(&SourceId::slug("a")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to a mailbox, what is cited as it stands does, and nothing panics.
    #[test]
    fn damaged_mail_is_read(
        edits in prop::collection::vec((0usize..1_300, 0usize..24, r"[=:>\-From \n\r;x]{0,6}"), 1..6),
    ) {
        let head = "From dana\n";
        let mut file = format!("{head}{PLAIN}\n{head}{ENCODED}\n");
        for (at, cut, put) in edits {
            let at = (0..=at.min(file.len())).rev().find(|&at| file.is_char_boundary(at)).unwrap_or(0);
            let end = (at + cut).min(file.len());
            let end = (at..=end).rev().find(|&end| file.is_char_boundary(end)).unwrap_or(at);
            file.replace_range(at..end, &put);
        }
        let extractor = extractor_for(Path::new("a.mbox")).expect("it is read");
        if let Ok(Split::Several(records)) = extractor.split(file.clone().into_bytes(), &Fields::default()) {
            check(&*records, &file);
        }
    }
}
