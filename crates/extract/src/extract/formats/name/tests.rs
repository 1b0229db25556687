use super::*;

/// Writes the names of persons as `Family/Given/Suffix`, and others as they are.
fn written(names: &[Value]) -> Vec<String> {
    names
        .iter()
        .map(|name| match name["literal"].as_str() {
            Some(literal) => literal.to_owned(),
            None => ["family", "given", "suffix"]
                .iter()
                .filter_map(|part| name[part].as_str())
                .collect::<Vec<_>>()
                .join("/"),
        })
        .collect()
}

fn read(list: &str) -> Vec<String> {
    written(&names(list))
}

#[track_caller]
fn assert_read(cases: &[(&str, &str)]) {
    for (list, expected) in cases {
        assert_eq!(read(list).join(" + "), *expected, "{list}");
    }
}

#[test]
fn persons() {
    assert_read(&[
        ("Rowan Example", "Example/Rowan"),
        ("Example, Rowan", "Example/Rowan"),
        ("Rowan T. Example", "Example/Rowan T."),
        ("R. T. Example", "Example/R. T."),
        ("Dr. Rowan Example", "Example/Rowan"),
        ("Prof. Dr. Rowan Example", "Example/Rowan"),
        ("Sir Rowan Example", "Example/Rowan"),
        ("Example, Dr. Rowan", "Example/Rowan"),
        ("Rowan Example-Muster", "Example-Muster/Rowan"),
        ("Rowan O’Example", "O’Example/Rowan"),
        ("Emily Post", "Post/Emily"),
        ("By Rowan Example", "Example/Rowan"),
    ]);
}

#[test]
fn suffixes_and_degrees() {
    assert_read(&[
        ("Rowan Example Jr.", "Example/Rowan/Jr."),
        ("Rowan Example, Jr.", "Example/Rowan/Jr."),
        ("Rowan Example Jr", "Example/Rowan/Jr"),
        ("Rowan Example Sr.", "Example/Rowan/Sr."),
        ("Rowan T. Example III", "Example/Rowan T./III"),
        ("Rowan Example II", "Example/Rowan/II"),
        ("Example, Rowan, Jr.", "Example/Rowan/Jr."),
        ("Example, Rowan Jr.", "Example/Rowan/Jr."),
        ("Example Jr., Rowan", "Example/Rowan/Jr."),
        ("Example, Rowan T., IV", "Example/Rowan T./IV"),
        ("Rowan van Example III", "van Example/Rowan/III"),
        ("Rowan Example, PhD", "Example/Rowan"),
        ("Dr Rowan Example MD", "Example/Rowan"),
        ("Rowan Example, Jr., MD", "Example/Rowan/Jr."),
        ("Margrethe II", "Margrethe II"),
        ("Pope Rowan Paul II", "Pope Rowan Paul II"),
    ]);
}

#[test]
fn particles_belong_to_the_family_name() {
    assert_read(&[
        ("Rowan van der Example", "van der Example/Rowan"),
        ("Rowan de la Muestra", "de la Muestra/Rowan"),
        ("de la Muestra, Rowan", "de la Muestra/Rowan"),
        ("van Voorbeeld, Pieter", "van Voorbeeld/Pieter"),
        ("Rowan al-Mithal", "al-Mithal/Rowan"),
        ("Abd al-Karim al-Mithal", "al-Mithal/Abd al-Karim"),
        ("Karim ibn Mithal", "ibn Mithal/Karim"),
        ("Karim bin Mithal", "bin Mithal/Karim"),
        ("Paula Maria de Amostra e Teste", "de Amostra e Teste/Paula Maria"),
        ("José Muestra y Prueba", "Muestra y Prueba/José"),
        ("M. R. von Beispiel-Muster", "von Beispiel-Muster/M. R."),
        ("Robert De Campione", "De Campione/Robert"),
        ("Vanessa Van Sample", "Van Sample/Vanessa"),
    ]);
}

#[test]
fn two_family_names() {
    assert_read(&[
        ("Ana García Muestra", "García Muestra/Ana"),
        ("Ana Pérez Muñoz", "Pérez Muñoz/Ana"),
        ("Ana María López Vega", "López Vega/Ana María"),
        ("López Vega, Ana María", "López Vega/Ana María"),
        ("Muster Beispiel, Ana", "Muster Beispiel/Ana"),
        ("Sonia Rivera Sample", "Sample/Sonia Rivera"),
    ]);
}

#[test]
fn lists() {
    assert_read(&[
        ("Rowan Example and Dana Sample", "Example/Rowan + Sample/Dana"),
        ("Rowan Example, Dana Sample", "Example/Rowan + Sample/Dana"),
        ("Rowan Example, Dana Sample & Alex Model", "Example/Rowan + Sample/Dana + Model/Alex"),
        ("Rowan Example, Dana Sample, and Alex Model", "Example/Rowan + Sample/Dana + Model/Alex"),
        ("Example, Rowan; Sample, Dana", "Example/Rowan + Sample/Dana"),
        ("Example, Rowan and Sample, Dana", "Example/Rowan + Sample/Dana"),
        ("Example, Rowan, Sample, Dana", "Example/Rowan + Sample/Dana"),
        ("Example, R., Sample, D. T. & Model, A.", "Example/R. + Sample/D. T. + Model/A."),
        ("Example, Rowan, and Dana Sample", "Example/Rowan + Sample/Dana"),
        (
            "López Vega, Ana María; Muestra Gil, Luis Iván",
            "López Vega/Ana María + Muestra Gil/Luis Iván",
        ),
        ("Rowan Example Jr. and Dana Sample III", "Example/Rowan/Jr. + Sample/Dana/III"),
        ("Rowan Example, Jr., and Dana Sample", "Example/Rowan/Jr. + Sample/Dana"),
        ("Rowan Example and Sample Staff", "Example/Rowan + Sample Staff"),
        ("Dana Beispiel und Rowan Muster", "Beispiel/Dana + Muster/Rowan"),
    ]);
}

#[test]
fn bylines_have_given_names_first() {
    for (list, expected) in [
        ("Muster Beispiel, Tove Prøve", "Beispiel/Muster + Prøve/Tove"),
        ("Rowan Example, Jr. and Dana Sample", "Example/Rowan/Jr. + Sample/Dana"),
        ("Rowan Example, Dana Sample and Alex Model", "Example/Rowan + Sample/Dana + Model/Alex"),
    ] {
        assert_eq!(written(&people(list)).join(" + "), expected);
    }
}

#[test]
fn organisations_and_doubtful_names_are_not_split() {
    for whole in [
        "Samplers",
        "Sample Press Agency",
        "pincite contributors",
        "Ministry of Peace and Union",
        "Department for Tests and Samples",
        "XYZ SAMPLE",
        "喀布尔",
        "Sample Rights Watch",
        "Sample International",
        "Open Sample Collaboration",
        "Samples Without Limits",
        "Save the Samples",
        "World Sample Organization",
        "European Sample",
        "XYZ Sampling",
        "Bundesministerium des Beispiels",
        "Musterverband Berlin",
        "Institut für Beispiele",
        "Committee to Protect Samples",
        "Sample Analysts Network",
        "Xi Beispiel",
        "Kim Beispiel-un",
        "Plato",
    ] {
        assert_eq!(read(whole), [whole]);
        assert_eq!(written(&people(whole)), [whole]);
    }
}
