use proptest::prelude::*;

use super::{sentences, sentences_in};
use crate::test_text::any_text;

fn split(text: &str) -> Vec<&str> {
    sentences(text).into_iter().map(|span| span.of(text)).collect()
}

/// Asserts that `marked`, with a space for each ` | `, is split exactly there.
#[track_caller]
fn assert_split(marked: &str) {
    let expected: Vec<&str> = marked.split(" | ").collect();
    let text = expected.join(" ");
    assert_eq!(split(&text), expected);
}

#[test]
fn plain_sentences() {
    assert_split("The border closed. | Trade stopped! | Why? | Nobody knew.");
    assert_split("Prices rose 3.5 points. | In 1996. | 27 people left.");
    assert_split("No terminator at all");
    assert_eq!(split("  \n "), [""; 0]);
}

#[test]
fn the_source_of_a_quotation_belongs_to_its_sentence() {
    assert_split("“The ferry never ran again.” (Sample 55). | Nobody asked why.");
    assert_split("“The ferry never ran again.” | (It did, in May.) | Nobody asked why.");
    assert_split("He called it “a farce [...]” (Sample, p. 4), and left. | She stayed.");
    assert_split("See N°. 12 of the list. | ⁃9. It was lost.");
}

#[test]
fn endings_and_units_are_not_initials() {
    assert_split(
        "He said it wasn’t. | Judge Sample agreed that the gate was Omar's. | People left.",
    );
    assert_split("It fell to 3 mmol/L. | Patients waited 2 h. | Medians rose.");
    assert_split("They took plan B. | Furthermore, it rained.");
    assert_split(
        "They fell back on Plan B. | Nobody had another. | It lacks vitamin C. | Oranges do not.",
    );
    assert_split("It reached 40 °C. | Roads melted. | It fell to −3°C. | Pipes burst.");
}

#[test]
fn abbreviations_in_a_sentence() {
    assert_split("Mr. Khan met Dr. Aziz and Lt. Gen. Malik at St. Mary's.");
    assert_split("It is the U.S. Congress that decides. | So be it.");
    assert_split("Talks, e.g. Doha, and proxies, i.e. Kabul, failed.");
    assert_split("J. K. Samples and George W. Example met A. A. Specimen.");
    assert_split("See No. 4, Fig. 3 and pp. 12–14, vol. II.");
    assert_split(
        "Sample et al. [2004] agree with ref. [4], refs. 5 and 6, vol. 4. of it and Fig. [3].",
    );
    assert_split("It opens at 9 a.m. Monday and 5 p.m. GMT.");
    assert_split("Acme Inc. Chairman Sample sued in Sample v. Board.");
    assert_split("On Oct. 16 and Jan. Fifth it rained.");
    assert_split("Am 16. Oktober kam er.");
    assert_split("The U.S.-led war ended.");
    assert_split("ALAMEDA, Calif. – The team left.");
    assert_split("The Rt. Hon. B. U. Sample rose; her aunt (b. 1950) took av. 20 mg.");
}

#[test]
fn abbreviations_at_the_end_of_a_sentence() {
    assert_split("He lived in the U.S. | The Taliban returned.");
    assert_split("He owns Acme Ltd. | It grew.");
    assert_split("It began at 9 a.m. | Soldiers came.");
    assert_split("They chose plan B. | But it failed.");
    assert_split("He said no. | Then he left.");
    assert_split("Modern art. | Then.");
    assert_split("Flags, maps, etc. | Nobody came.");
}

#[test]
fn quotes_and_brackets_close_with_their_sentence() {
    assert_split("He said \"Stop.\" | Then left.");
    assert_split("“Why?” he asked. | “Because.”");
    assert_split("(It was late.) | Nobody came.[12] | They slept.");
    assert_split("Nobody came.¹ | They slept in 40 m² of rooms.²³ | It rained.");
    assert_split("„Nein.“ | Er ging.");
    assert_split("**Bold claim.** | Next.");
    assert_split("He left. | “Go,” she said. | (She stayed.)");
}

#[test]
fn sentences_go_on_in_lower_case() {
    assert_split("He waited ... and waited. | Then . . . nothing. | Well… | Yes.");
    assert_split("Yahoo! said so. | iPhones sold. | al-Qaeda denied it.");
    assert_split("Who? | me.");
}

#[test]
fn enumerators_belong_to_their_item() {
    assert_split("1. First point. | 2. Second point. | A. Third. | IV. Fourth. | 1.2. Fifth.");
    assert_split("(1) First. | a) Second.");
}

#[test]
fn line_breaks_do_not_split_but_blank_lines_do() {
    for newline in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"] {
        let text = format!("The border{newline}closed. It{newline}opened");
        assert_eq!(
            split(&text),
            [format!("The border{newline}closed."), format!("It{newline}opened")]
        );
        let text = format!("A heading{newline} {newline}Text");
        assert_eq!(split(&text), ["A heading", "Text"]);
    }
    assert_eq!(split("a\u{2029}b"), ["a", "b"]);
}

#[test]
fn items_on_one_line() {
    assert_split("1.) The first gate | 2.) The second gate");
    assert_split("1) The first gate | 2) The second gate. | 3) The third");
    assert_split("1. The first gate | 2. The second gate | 3. The third gate");
    assert_split("a. The first gate | b. The second gate | c. The third");
    assert_split("(1) the first gate, | (2) the second gate");
    assert_split("• 9. The first gate | • 10. The second gate");
    assert_split("1. It has 2 parts and 2. parts");
    assert_split("The gate has 1. a lock.");
}

#[test]
fn spaced_ellipses() {
    assert_split("The gate was closed . . . I did not see it.");
    assert_split("The gate was closed. . . . | The road was open.");
    assert_split("They met at 5 p. m. Monday, e. g. at the gate. | Nobody came.");
    assert_split("“It was late.”[4] | Nobody came.");
}

/// Asserts that nine of ten of the marked texts are split where they are marked.
#[track_caller]
fn assert_most_split(language: &str, cases: &[&str]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|marked| {
            let text = marked.replace(" | ", " ");
            let found: Vec<&str> = sentences_in(&text, Some(language))
                .into_iter()
                .map(|span| span.of(&text))
                .collect();
            let found = found.join(" | ");
            (found != *marked).then_some(found)
        })
        .collect();
    eprintln!("{language}: {} of {} right", cases.len() - wrong.len(), cases.len());
    assert!(wrong.len() * 10 <= cases.len(), "{language}: {wrong:#?}");
}

#[test]
fn german() {
    assert_most_split(
        "de",
        &[
            "Das Tor war zu. | Die Fahrer warteten.",
            "Es gab z. B. Äpfel, Birnen u. Ä. | Danach schloss das Tor.",
            "Es gab z.B. Äpfel, d. h. Obst, und i. d. R. Brot.",
            "Am 3. Oktober kam Dr. Muster mit Fr. Beispiel.",
            "Der 2. Versuch gelang. | Im 19. Jahrhundert war das anders.",
            "Er wohnt in der Hauptstr. 5 in St. Muster. | Sie wohnt am Musterpl. 7.",
            "Siehe Nr. 4, S. 12 und Abb. 3. | Mehr steht in Bd. 2.",
            "Das kostet ca. 3 Mio. Euro. | Niemand zahlt.",
            "Prof. Dr. med. Muster sprach. | Hr. Beispiel schwieg.",
            "Äpfel, Birnen usw. | Die Liste ist lang.",
            "Äpfel, Birnen usw. Muster zahlt.",
            "„Kommst du?“, fragte er. | „Nein.“",
            "Er kam um 8.30 Uhr. | Sie kam um 9 Uhr.",
            "Der Wert fiel auf 3,5 Prozent. | Das war viel.",
            "Die Muster AG wuchs. | Die Beispiel GmbH & Co. KG schrumpfte.",
            "Das Werk entstand im 3. Jh. v. Chr. in Rom.",
            "Es waren zwölf. | Danach kamen mehr.",
            "Vgl. Muster, Beispiele, 2. Aufl. 1990, S. 4. | Das ist alles.",
            "Er sagte: „Geh!“ | Sie ging.",
            "Er lebt u. a. von Brot. | Sie auch.",
            "So geht es nicht … | Oder doch?",
            "Die kath. Kirche und die evang. Schule lagen am Kai. | Beide brannten ab.",
            "Die Brücke ist aus dem 2. bis 4. Jahrhundert nach Christus.",
        ],
    );
}

#[test]
fn spanish() {
    assert_most_split(
        "es",
        &[
            "La puerta se cerró. | Los conductores esperaron.",
            "El Sr. Ejemplo habló con la Sra. Muestra. | Nadie más vino.",
            "Vive en la Avda. Mayor, núm. 5. | Ella no.",
            "Véase la pág. 12 y el art. 4. | No hay más.",
            "El N°. 1026 se perdió. | El nº 3 también.",
            "El Dr. Ejemplo y la Dra. Muestra viven en EE. UU. desde 1990.",
            "Compró manzanas, peras, etc. | Después se fue.",
            "Llegó a las 5 p. m. | Nadie lo vio.",
            "¿Quién vino? | Nadie. | ¡Qué pena!",
            "—¿Vienes? —preguntó. | —No.",
            "Trabaja en Ejemplo S. A. desde mayo. | Gana poco.",
            "Hay frutas, p. ej. manzanas. | Hay pan.",
            "Subió un 3,5 por ciento. | Fue mucho.",
            "El 3 de mayo llegó D. Juan. | Se fue el 4.",
            "Nació en el año 44 a. C. en Roma. | Murió allí.",
            "«No lo sé.» | Y se fue.",
            "Vea la fig. 3 del cap. 2. | Luego siga.",
            "El Gral. Ejemplo mandaba. | El Cnel. Muestra obedecía.",
            "Fue así... | Y nada más.",
            "Cf. Ejemplo, vol. 2. | Es claro.",
            "La reunión es el Lun. 3 de Feb. de 2020. | Nadie faltará.",
            "El barco salió (5 Ago. 1984) hacia el sur. | Véanse los párrf. 3 y 4 del acta.",
        ],
    );
}

#[test]
fn italian() {
    assert_most_split(
        "it",
        &[
            "La porta era chiusa. | I camionisti aspettavano.",
            "Il Sig. Esempio parlò con la Sig.ra Campione. | Nessuno venne.",
            "Il Dott. Esempio e la Prof.ssa Campione sono a Roma.",
            "Vive in V.le Roma, n. 5. | Lei no.",
            "Si veda l’art. 4, pag. 12. | Non c’è altro.",
            "Mele, pere, ecc. | Poi andò via.",
            "Lavora alla Esempio S.p.A. di Milano. | Guadagna poco.",
            "Lavora alla Esempio S. p. A. da maggio.",
            "Nacque nel 44 a.C. a Roma. | Morì là.",
            "Chi è venuto? | Nessuno. | Che peccato!",
            "«Non lo so.» | E andò via.",
            "Salì del 3,5 per cento. | È molto.",
            "L’Avv. Esempio e l’Ing. Campione tacquero.",
            "Si veda la fig. 3 del cap. 2. | Poi si continui.",
            "Ci sono frutti, p.es. mele. | C’è pane.",
            "Arrivò alle 8.30. | Lei arrivò dopo.",
            "Fu così... | E basta.",
            "Il 3 maggio arrivò. | Il 4 partì.",
            "Vedi pagg. 3 e 4. | Tutto qui.",
            "Il Gen. Esempio comandava. | Il Col. Campione obbediva.",
            "Il traghetto parte mar. 3 nov. alle otto. | Chiedete al Dir. Esempio.",
            "«Il fiume era basso.» (Campione 12). | Nessuno attraversò.",
        ],
    );
}

#[test]
fn russian() {
    assert_most_split(
        "ru",
        &[
            "Ворота закрыты. | Водители ждали.",
            "Он жил в г. Москве. | Потом уехал.",
            "Это было в 1997 г. | Ворота открылись.",
            "Он живёт на ул. Мира, д. 5, кв. 7. | Она нет.",
            "Яблоки, груши и т. д. | Потом он ушёл.",
            "Яблоки, груши и т.п. | Он ушёл.",
            "Это, т. е. Ворота, закрыто.",
            "Проф. Примеров и акад. Образцов молчали.",
            "См. стр. 12 и рис. 3. | Больше ничего нет.",
            "А. С. Примеров вышел. | Никто не видел.",
            "Цена — 5 тыс. руб. | Это много.",
            "Кто пришёл? | Никто. | Жаль!",
            "«Не знаю». | И ушёл.",
            "Он родился в III в. до н. э. в Риме.",
            "Выросло на 3,5 процента. | Это много.",
            "Завод им. Примера закрыт. | Рабочие ушли.",
            "Так было… | И всё.",
            "Это стоит 3 млн. долларов. | Никто не платит.",
            "Он пришёл в 8 ч. 30 мин. | Она пришла позже.",
            "Гр. Примеров и др. свидетели молчали.",
            "В 2001–2003 гг. Примеров жил в пгт. Речной. | Кв. 7 пустовала.",
        ],
    );
}

#[test]
fn french() {
    assert_most_split(
        "fr",
        &[
            "La porte était fermée. | Les chauffeurs attendaient.",
            "M. Exemple parla à Mme Essai. | Personne ne vint.",
            "Voir l’art. 4, p. 12. | Il n’y a rien d’autre.",
            "Des pommes, des poires, etc. | Puis il partit.",
            "Il naquit en 44 av. J.-C. à Rome. | Il y mourut.",
            "Qui est venu ? | Personne. | Dommage !",
            "« Je ne sais pas. » | Et il partit.",
            "Le Dr. Exemple et Me. Essai se turent.",
            "Le n°. 1026 manque. | Le reste est là.",
            "Cela monta de 3,5 pour cent. | C’est beaucoup.",
        ],
    );
}

#[test]
fn other_scripts() {
    assert_eq!(
        split("塔利班来了。他们走了！真的？是"),
        ["塔利班来了。", "他们走了！", "真的？", "是"]
    );
    assert_eq!(split("値は３．５である．次に示す．"), ["値は３．５である．", "次に示す．"]);
    assert_eq!(
        split("「なに？」と言った。「はい。」彼は"),
        ["「なに？」と言った。", "「はい。」", "彼は"]
    );
    assert_eq!(split("هل عاد؟ نعم. عاد۔ ثم"), ["هل عاد؟", "نعم.", "عاد۔", "ثم"]);
    assert_eq!(split("वह आया। वह गया॥ फिर"), ["वह आया।", "वह गया॥", "फिर"]);
    assert_eq!(split("Он жил в г. Москве. Потом уехал."), ["Он жил в г. Москве.", "Потом уехал."]);
}

#[test]
fn large_input_takes_linear_time() {
    assert_eq!(sentences(&"word ".repeat(2 << 20)).len(), 1);
    assert_eq!(sentences(&"a. ".repeat(1 << 20)).len(), 1);
    for unit in [
        "\n", "!", ". ", ".(", "1.", "..A. ", "(((J. ", "J.A", "\n.x", " a.", "A. B", "?\"[",
        "…x\r",
    ] {
        sentences(&unit.repeat(1 << 15));
        sentences(&format!("{}{}", " ".repeat(1 << 17), unit.repeat(1 << 15)));
    }
}

proptest! {
    #[test]
    fn spans_partition_the_text(text in any_text()) {
        let mut end = 0;
        for span in sentences(&text) {
            prop_assert!(span.start >= end && !span.is_empty());
            prop_assert!(text.get(end..span.start).is_some_and(|gap| gap.trim().is_empty()));
            prop_assert!(text.get(span.start..span.end).is_some_and(|slice| slice.trim() == slice));
            end = span.end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }
}
