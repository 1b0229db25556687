//! English as it is spelt in Britain and in America.
//!
//! Regular pairs follow from a word's ending, the others stand in a list of our own. Both are general knowledge of the
//! language: what Fowler's *Modern English Usage* and Webster's tell apart. What has another meaning when it is spelt the
//! other way (tyre and tire, cheque and check, tonne and ton) is left out.

/// The other spellings of a folded English word, where it has what usually differs. What is made up in passing
/// (“exercize”) does no harm: no text has it.
pub(super) fn spellings(word: &str) -> impl Iterator<Item = String> {
    regular(word).chain(listed(word))
}

fn regular(word: &str) -> impl Iterator<Item = String> {
    const ENDINGS: [&str; 10] = ["e", "ed", "es", "ing", "er", "ers", "ation", "ations", "able", "ement"];
    const DOUBLED: [&str; 6] = ["ed", "ing", "er", "ers", "or", "ors"];
    const PAIRS: [(&str, &str, &[&str]); 6] = [
        ("is", "iz", &ENDINGS),
        ("ys", "yz", &ENDINGS),
        ("our", "or", &["", "s", "ed", "ing", "able", "hood", "hoods", "ly"]),
        ("enc", "ens", &["e", "es"]),
        ("ell", "el", &DOUBLED),
        ("all", "al", &DOUBLED),
    ];
    let directions = PAIRS.into_iter().flat_map(|(a, b, endings)| [(a, b, endings), (b, a, endings)]);
    directions.filter_map(|(from, to, endings)| {
        endings.iter().find_map(|ending| {
            let start = word.strip_suffix(ending)?.strip_suffix(from).filter(|start| start.len() >= 3)?;
            Some(format!("{start}{to}{ending}"))
        })
    })
}

fn listed(word: &str) -> impl Iterator<Item = String> {
    LISTED.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).filter_map(|(from, to)| {
        let end = word.strip_prefix(from)?;
        // A plural or the like of it, no other word that begins so.
        ["", "s", "d", "r", "ed", "es", "er", "ing", "ly", "al", "ic", "ical", "ism", "ist", "ists"]
            .contains(&end)
            .then(|| format!("{to}{end}"))
    })
}

/// British and American spellings that no rule covers.
#[rustfmt::skip]
const LISTED: &[(&str, &str)] = &[
    ("acknowledgement", "acknowledgment"), ("aeroplane", "airplane"), ("ageing", "aging"), ("aluminium", "aluminum"),
    ("anaemia", "anemia"), ("anaesthesia", "anesthesia"), ("anaesthetic", "anesthetic"), ("analogue", "analog"),
    ("artefact", "artifact"), ("calibre", "caliber"), ("catalogue", "catalog"), ("centimetre", "centimeter"),
    ("centre", "center"), ("dialogue", "dialog"), ("diarrhoea", "diarrhea"), ("enrolment", "enrollment"),
    ("fibre", "fiber"), ("foetal", "fetal"), ("foetus", "fetus"), ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"), ("gaol", "jail"), ("gramme", "gram"), ("grey", "gray"),
    ("gynaecology", "gynecology"), ("haemoglobin", "hemoglobin"), ("haemorrhage", "hemorrhage"),
    ("instalment", "installment"), ("jewellery", "jewelry"), ("judgement", "judgment"), ("kilometre", "kilometer"),
    ("leukaemia", "leukemia"), ("litre", "liter"), ("manoeuvre", "maneuver"), ("metre", "meter"),
    ("millimetre", "millimeter"), ("moustache", "mustache"), ("odour", "odor"), ("oedema", "edema"),
    ("oesophagus", "esophagus"), ("oestrogen", "estrogen"), ("orthopaedic", "orthopedic"),
    ("paediatric", "pediatric"), ("plough", "plow"), ("programme", "program"), ("pyjamas", "pajamas"),
    ("sabre", "saber"), ("sceptic", "skeptic"), ("skilful", "skillful"), ("smoulder", "smolder"),
    ("speciality", "specialty"), ("spectre", "specter"), ("sulphate", "sulfate"), ("sulphur", "sulfur"),
    ("theatre", "theater"), ("wilful", "willful"), ("woollen", "woolen"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_spelling_gives_the_other() {
        for (british, american) in [
            ("recognised", "recognized"),
            ("organisations", "organizations"),
            ("neighbours", "neighbors"),
            ("colour", "color"),
            ("defence", "defense"),
            ("travelled", "traveled"),
            ("analyse", "analyze"),
            ("dialogue", "dialog"),
            ("centres", "centers"),
            ("kilometre", "kilometer"),
            ("leukaemia", "leukemia"),
            ("sceptical", "skeptical"),
        ] {
            for (typed, other) in [(british, american), (american, british)] {
                assert!(spellings(typed).any(|spelling| spelling == other), "{typed} {other}");
            }
        }
        for same in ["kabul", "border", "tonnage", "for", "metropolis"] {
            assert_eq!(spellings(same).next(), None, "{same}");
        }
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(LISTED.is_sorted());
    }
}
