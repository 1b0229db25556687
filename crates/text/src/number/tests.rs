use proptest::prelude::*;

use super::quantities;
use crate::test_text::any_text;

fn terms(text: &str) -> Vec<String> {
    quantities(text).iter().map(super::Quantity::term).collect()
}

#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(terms(text), *expected, "{text}");
    }
}

#[test]
fn digits_in_every_grouping() {
    check(&[
        ("2,640", &["2640"]),
        ("2 640 men", &["2640"]),
        ("2\u{202f}640 men", &["2640"]),
        ("2'640 and 2’640", &["2640", "2640"]),
        ("1.000.000", &["1000000"]),
        ("1.234,50", &["1.234", "50"]),
        ("1.234.567,50", &["1234567.5"]),
        ("1,234,567.80", &["1234567.8"]),
        ("1,00,000 and 12,34,567", &["100000", "1234567"]),
        ("3.50", &["3.5"]),
        ("3,5 Punkte", &["3.5"]),
        ("1,2,3", &["1", "2", "3"]),
        ("267,198,2001", &["267", "198", "2001"]),
        ("0.05", &["0.05"]),
        ("-5 and −7", &["-5", "-7"]),
        ("340282366920938463463374607431768211455000", &[]),
    ]);
}

#[test]
fn scales() {
    check(&[
        ("3 million", &["3000000"]),
        ("2.64 thousand", &["2640"]),
        ("1.5 lakh crore", &["1500000000000"]),
        ("5k", &["5000"]),
        ("12bn", &["12000000000"]),
        ("5m people ran 5m", &["5000000", "5 m"]),
        ("two dozen and a dozen", &["24", "12"]),
    ]);
}

#[test]
fn words() {
    check(&[
        ("three of twenty-one", &["3", "21"]),
        ("two hundred and five", &["205"]),
        ("Two thousand five hundred", &["2500"]),
        ("a million, one million, half a million", &["1000000", "1000000", "500000"]),
        ("one of the two", &["2"]),
        ("one kilometre", &["1 km"]),
        ("hundreds of millions, a few hundred, a quarter of a million", &[]),
        ("two-thirds, three quarters, the twenty-first", &[]),
        ("one hundred and twenty three", &["123"]),
        ("two million and three million", &["2000000", "3000000"]),
        ("“hundred” … million é thousand", &[]),
        ("attend, weighted, tent, twofold, phone", &[]),
        ("a three-day, five-member visit", &["3 day", "5"]),
    ]);
}

#[test]
fn currencies() {
    for text in [
        "$3 billion",
        "3bn dollars",
        "US$3,000,000,000",
        "$3bn",
        "3 billion US dollars",
        "USD 3bn",
        "three billion dollars",
    ] {
        assert_eq!(terms(text), ["3000000000 USD"], "{text}");
    }
    check(&[
        ("Rs. 500 crore, Rs500 and 500 rupees", &["5000000000 Rs", "500 Rs", "500 Rs"]),
        ("₹5,00,000 or 500 Pakistani rupees", &["500000 INR", "500 PKR"]),
        ("€5m and £2.5", &["5000000 EUR", "2.5 GBP"]),
        ("5 € und 10 Euro", &["5 EUR", "10 EUR"]),
        ("ten pounds of a 500-pound bomb, 3 pounds", &["10 lb", "500 lb", "3 GBP"]),
        ("in 2014 $5 and in 2015 USD 6", &["5 USD", "6 USD"]),
        ("$3-billion loan of $2000", &["3000000000 USD", "2000 USD"]),
    ]);
}

#[test]
fn units() {
    check(&[
        ("5%, 5 per cent, 5 percent, 5pc", &["5 %", "5 %", "5 %", "5 %"]),
        ("5 percentage points", &["5 pp"]),
        ("a 2,640-kilometre line, 2,640 km, 2640km", &["2640 km", "2640 km", "2640 km"]),
        (
            "652,864 square kilometres or 652,864 km² or 652,864 sq. km",
            &["652864 km²", "652864 km²", "652864 km²"],
        ),
        ("500 MW, 3 GWh, 20 megawatts", &["500 MW", "3 GWh", "20 MW"]),
        ("30 °C, 30°C, 30 degrees Celsius", &["30 °C", "30 °C", "30 °C"]),
        ("6 feet 2 inches, 5 tonnes, 3 metric tons", &["6 ft", "2 in", "5 t", "3 t"]),
        ("90 km/h, 100 kilometres per hour", &["90 km/h", "100 km/h"]),
        ("2000 hectares in 2000", &["2000 ha"]),
        ("a 5-year-old", &["5 year"]),
    ]);
}

#[test]
fn ranges_share_scale_and_unit() {
    check(&[
        ("10-15", &["10", "15"]),
        ("10–15 million dollars", &["10000000 USD", "15000000 USD"]),
        ("$10 to $15 billion", &["10000000000 USD", "15000000000 USD"]),
        ("between 10 and 15 per cent", &["10 %", "15 %"]),
        ("between 500 and 2 million", &["500", "2000000"]),
        ("5 people and 10 km", &["5", "10 km"]),
        ("two or three days", &["2 day", "3 day"]),
        ("ten to fifteen thousand", &["10000", "15000"]),
    ]);
}

#[test]
fn dates_times_and_codes_are_not_quantities() {
    check(&[
        ("In 1997, and on 16 October 2025 (2025-10-16)", &[]),
        ("on October 16 and 3 March at 4:10 pm, 9 a.m., 5 pm", &[]),
        ("the 1990s, 1996–2001, mid-1990s", &[]),
        ("an F-16, COVID-19, MQ-9, G20, 5G, 3D, B2", &[]),
        ("9/11, 24/7, v1.2.3, 192.168.1.1, 1st, 22nd", &[]),
        ("Resolution 1267", &["1267"]),
        ("2000 soldiers, over 1900 people", &["2000", "1900"]),
        ("in 1997 3 people", &["3"]),
    ]);
}

#[test]
fn spans_include_sign_and_unit() {
    let text = "It cost US$3.5 billion, or −2 per cent.";
    let slices: Vec<&str> =
        quantities(text).iter().map(|quantity| quantity.span.of(text)).collect();
    assert_eq!(slices, ["US$3.5 billion", "−2 per cent"]);
}

#[test]
fn large_input_takes_linear_time() {
    for unit in [
        "word ",
        "1",
        "1,",
        "1 ",
        "two ",
        "two-",
        "1.",
        "1-",
        "10-15 million ",
        "$",
        "a million ",
        "1 and ",
        "hundred and ",
        "1990s",
        "May ",
        "1 May ",
        "million ",
        "\n",
        "1/",
        "1,234",
        "1'234 ",
        "one",
        "Rs.",
        "5 km ",
        "half a ",
    ] {
        quantities(&unit.repeat((1 << 16) / unit.len()));
    }
}

proptest! {
    #[test]
    fn spans_are_ordered_and_values_plain(text in any_text()) {
        let mut end = 0;
        for quantity in quantities(&text) {
            prop_assert!(quantity.span.start >= end && !quantity.span.is_empty());
            let slice = text.get(quantity.span.start..quantity.span.end);
            prop_assert!(slice.is_some_and(|slice| slice.trim() == slice));
            let is_plain = |byte| matches!(byte, b'0'..=b'9' | b'.' | b'-');
            prop_assert!(quantity.value.bytes().all(is_plain));
            prop_assert!(!quantity.value.contains('.') || !quantity.value.ends_with(['0', '.']));
            end = quantity.span.end;
        }
    }

    #[test]
    fn grouping_does_not_change_the_value(number in 0u64..10_000_000_000) {
        let plain = number.to_string();
        let mut grouped = String::new();
        for (i, digit) in plain.chars().enumerate() {
            if i > 0 && (plain.len() - i) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        prop_assert_eq!(terms(&format!("${grouped}")), [format!("{plain} USD")]);
        prop_assert_eq!(terms(&format!("${plain}")), [format!("{plain} USD")]);
    }
}
