//! Tables as people have them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use inkling_engine::data::SeedRandom;

const ONE: CsvTargets = CsvTargets::Classes { n_outputs: 1 };

/// Ten points, whose first lines are these.
fn ten(lines: &[&str]) -> String {
    let others = ["0,0,1", "1,0,-1", "0,1,1", "1,1,-1", "2,0,1", "0,2,-1", "2,2,1", "3,0,-1", "0,3,1", "3,3,-1"];
    let n_header = usize::from(lines.first().is_some_and(|line| line.contains('x')));
    let n_others = others.len() - (lines.len() - n_header);
    let lines = lines.iter().chain(&others[..n_others]);
    lines.map(|line| format!("{line}\n")).collect()
}

#[track_caller]
fn read(text: &str) -> CsvPoints {
    let found = parse(text, ONE).unwrap();
    assert!(found.notes.is_empty(), "{:?}", found.notes);
    found
}

/// Ten points with these labels in turn.
fn labelled(labels: &[&str]) -> String {
    (0..10).map(|row| format!("{row}e-1,-0.5,{}\n", labels[row % labels.len()])).collect()
}

#[track_caller]
fn check_labels(labels: &[&str], n_outputs: usize, expected: &[f64], n_needed: usize, notes: &[&str]) {
    let found = parse(&labelled(labels), CsvTargets::Classes { n_outputs }).unwrap();
    let targets = found.points.iter().take(labels.len()).map(|point| point[2]).collect::<Vec<_>>();
    assert_eq!((targets.as_slice(), found.n_outputs), (expected, n_needed), "{labels:?}");
    assert_eq!(found.notes, notes, "{labels:?}");
}

#[track_caller]
fn check_error(text: &str, expected: &str) {
    assert_eq!(parse(text, ONE).unwrap_err().to_string(), expected, "{text}");
}

#[test]
fn columns_are_found_by_their_names_or_in_order() {
    for (header, order) in [
        ("x1,x2,label", [0, 1, 2]),
        ("x2,label,x1", [1, 2, 0]),
        ("X,Y,Class", [0, 1, 2]),
        ("target,y,x", [2, 1, 0]),
        ("x1,x2,y", [0, 1, 2]),
        ("y,x₁,x₂", [2, 0, 1]),
        ("colour,x,y", [2, 0, 1]),
        ("a,b,c", [0, 1, 2]),
        ("\"x2\",\"x1\",\"label\"", [1, 0, 2]),
    ] {
        let line = |label| format!("{}\n", order.map(|column| ["0.5", "-2", label][column]).join(","));
        let found = read(&format!("{header}\n{}{}", line("1").repeat(9), line("-1")));
        assert_eq!((found.points[0], found.points[9]), ([0.5, -2.0, 1.0], [0.5, -2.0, -1.0]), "{header}");
    }
    assert_eq!(read(&ten(&["0.5,-2,1"])).points[0], [0.5, -2.0, 1.0]);
}

#[test]
fn separators_line_ends_and_decimal_commas_are_those_of_many_programs() {
    let points = read(&ten(&["x1,x2,label", "0.5,-2,1"])).points;
    let comma = ten(&["x1,x2,label", "0.5,-2,1"]);
    let semicolon = comma.replace(',', ";").replace('.', ",");
    let tab = comma.replace(',', "\t").replace('.', ",");
    let plain = comma.replace(',', ";");
    for text in [&comma, &semicolon, &tab, &plain, &format!("\u{feff}{comma}"), &comma.replace('-', "−")] {
        assert_eq!(read(text).points, points, "{text}");
        assert_eq!(read(&text.replace('\n', "\r\n")).points, points);
        assert_eq!(read(&text.replace('\n', "\n\n  \n")).points, points);
        assert_eq!(read(text.trim_end()).points, points);
    }
}

#[test]
fn labels_become_targets() {
    check_labels(&["-1", "1"], 1, &[-1.0, 1.0], 1, &[]);
    check_labels(&["1", "-1.0"], 1, &[1.0, -1.0], 1, &[]);
    check_labels(&["0", "1"], 1, &[-1.0, 1.0], 1, &[]);
    check_labels(&["0", "1"], 2, &[0.0, 1.0], 2, &[]);
    check_labels(&["-1", "1"], 2, &[0.0, 1.0], 2, &["Classes by number: “-1” is 0, “1” is 1."]);
    check_labels(&["red", "blue"], 1, &[1.0, -1.0], 1, &["Classes by number: “blue” is -1, “red” is 1."]);
    check_labels(&["0", "2"], 3, &[0.0, 2.0], 3, &[]);
    let three = "There are 3 classes: the network needs 3 outputs.";
    check_labels(&["0", "1", "2"], 1, &[0.0, 1.0, 2.0], 3, &[three]);
    let by_number = "Classes by number: “1” is 0, “2” is 1, “10” is 2.";
    check_labels(&["10", "1", "2"], 3, &[2.0, 0.0, 1.0], 3, &[by_number]);
    check_labels(
        &["c", "a", "1"],
        2,
        &[2.0, 1.0, 0.0],
        3,
        &["Classes by number: “1” is 0, “a” is 1, “c” is 2.", three],
    );
}

#[test]
fn a_regression_has_numbers() {
    let text = ten(&["0.5,-2,0.25"]);
    let found = parse(&text, CsvTargets::Numbers).unwrap();
    assert_eq!((found.points[0], found.n_outputs), ([0.5, -2.0, 0.25], 1));
    let error = parse(&ten(&["0.5,-2,red"]), CsvTargets::Numbers).unwrap_err();
    assert_eq!(error.to_string(), "line 1, column 3: expected a number, got “red”");
}

#[test]
fn mistakes_are_named_with_their_line() {
    check_error(&ten(&["x1,x2,label", "\n0.5,a,1"]), "line 3, column 2: expected a number, got “a”");
    check_error(&ten(&["a,0.5,1"]), "line 1, column 1: expected a number, got “a”");
    check_error(&ten(&["label,y,x", "1,2,NaN"]), "line 2, column 3: expected a number, got “NaN”");
    check_error(&ten(&["0,0,1", "inf,1,1"]), "line 2, column 1: expected a number, got “inf”");
    check_error(&ten(&["0,0,1", "1e999,1,1"]), "line 2, column 1: expected a number, got “1e999”");
    check_error(&ten(&["0,,1"]), "line 1, column 2: expected a number, got an empty cell");
    check_error(&ten(&["0,0,"]), "line 1, column 3: expected a label, got an empty cell");
    check_error(&ten(&["0,0,NaN"]), "line 1, column 3: expected a label, got “NaN”");
    let columns = "expected 3 columns, separated by commas, semicolons or tabs";
    check_error(&ten(&["0,0,1", "0,0"]), &format!("line 2: {columns}, got 2"));
    check_error("x1,x2\n1,2\n", &format!("line 1: {columns}, got 2"));
    check_error("1 2 3\n", &format!("line 1: {columns}, got 1"));
    check_error(&ten(&["0,5,0,1"]).replace("0,5", "\"0,5\""), "line 1, column 1: expected a number, got “0,5”");
    let long = "a".repeat(1_000);
    check_error(&format!("1,{long},1"), "line 1, column 2: expected a number, got “aaaaaaaaaaaaaaaaaaaa…”");
}

#[test]
fn the_number_of_points_and_classes_has_limits() {
    check_error("", "expected at least 10 points, got 0");
    check_error("x1,x2,label\n", "expected at least 10 points, got 0");
    check_error("x1,x2,label\n1,2,1\n", "expected at least 10 points, got 1");
    check_error(&labelled(&["1"]), "expected points of at least two classes, got only “1”");
    let seven = ["a", "b", "c", "d", "e", "f", "g"];
    check_error(&labelled(&seven), "line 6, column 3: expected at most 5 classes, got 7: “f” is one too many");
    let rows = |n: usize| format!("x1,x2,label\n{}0,0,-1", "0,0,1\n".repeat(n - 1));
    assert_eq!(read(&rows(5_000)).points.len(), 5_000);
    check_error(&rows(5_001), "expected at most 5,000 points, got 5,001");
    check_error(&rows(1_000_000), "expected at most 5,000 points, got 1,000,000");
}

#[test]
fn what_is_left_out_or_out_of_sight_is_noted() {
    let notes = |text: &str| parse(text, ONE).unwrap().notes;
    assert_eq!(notes(&ten(&["0,0,1,7"])), ["Columns that were left out: 4."]);
    let named = ten(&["id,x,weight,y,label", "1,0,9,0,1", "1,0,9,0,1"]);
    let named = named.lines().take(3).map(|line| format!("{line}\n")).collect::<String>() + &"2,0,9,0,-1\n".repeat(8);
    assert_eq!(notes(&named), ["Columns that were left out: id, weight."]);
    assert_eq!(notes(&ten(&["6.5,0,1"])), ["1 point lies outside of the picture, which shows -6 to 6."]);
    let two = ten(&["6.5,0,1", "0,-1e9,1", "6,-6,1"]);
    assert_eq!(notes(&two), ["2 points lie outside of the picture, which shows -6 to 6."]);
    assert_eq!(parse(&two, ONE).unwrap().points[1], [0.0, -1e9, 1.0]);
}

#[test]
fn points_survive_their_text() {
    let numbers = [0.1 + 0.2, -0.0, f64::MIN_POSITIVE, f64::MAX, 5e-324, 1.0 / 3.0, -6.0, 1e21, 123_456_789.123_456_79];
    for n_outputs in 1..=5 {
        let target = |row: usize| if n_outputs == 1 { 2.0 * (row % 2) as f64 - 1.0 } else { (row % n_outputs) as f64 };
        let row = |row: usize| [numbers[row % numbers.len()], -numbers[(row * 7) % numbers.len()], target(row)];
        let points = (0..100).map(row).collect::<Vec<_>>();
        let found = parse(&write(&points), CsvTargets::Classes { n_outputs }).unwrap();
        let bits = |points: &[[f64; 3]]| points.iter().map(|point| point.map(f64::to_bits)).collect::<Vec<_>>();
        assert_eq!((bits(&found.points), found.n_outputs), (bits(&points), n_outputs));
        assert_eq!(write(&found.points), write(&points));
    }
}

#[test]
fn any_damage_is_named_or_read() {
    let mut random = SeedRandom::new("1");
    let mut below = |n: usize| (random.unit() * n as f64) as usize;
    let signs = ",;\t\"\n\r.-eN019xé€\u{0} ".chars().collect::<Vec<_>>();
    let whole = ten(&["x1,x2,label", "0.5,-2,1"]);
    for _ in 0..2_000 {
        let mut text = whole.chars().collect::<Vec<_>>();
        for _ in 0..=below(6) {
            let place = below(text.len());
            match below(3) {
                0 => text[place] = signs[below(signs.len())],
                1 => text.insert(place, signs[below(signs.len())]),
                _ => drop(text.drain(place..(place + below(4)).min(text.len()))),
            }
        }
        let text = text.into_iter().collect::<String>();
        match parse(&text, ONE) {
            Ok(found) => assert!(found.points.iter().flatten().all(|number| number.is_finite()), "{text:?}"),
            Err(error) => assert!(error.line <= text.split(['\n', '\r']).count(), "{text:?}: {error}"),
        }
    }
}
