//! The tables of `bench --networks`: the page beside other libraries, and the time of each layer.

use crate::figures::Row;

/// A network, in every column of the table.
#[derive(Debug, Clone)]
pub struct NetworkRow {
    /// Its name.
    pub name: String,
    /// Images per second of `bench.html`.
    pub bench: Row,
    /// Of the page itself.
    pub page: Row,
    /// Of the library that it is compared to.
    pub peer: Row,
    /// Whether the ratio belongs to those of which the worst and the median are named.
    pub counts: bool,
}

/// One part of an update.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What is done.
    pub title: String,
    /// Microseconds for one image.
    pub us_per_image: f64,
    /// Billions of operations per second, where there are multiply-adds.
    pub gflops: Option<f64>,
}

impl NetworkRow {
    /// A row without figures; `library` is what it is compared to.
    #[must_use]
    pub fn new(id: &str, name: &str, library: &str, counts: bool) -> NetworkRow {
        let row = |contestant: &str| Row::new(id, &format!("{name}, {contestant}"), "images/s");
        let (bench, page, peer) = (row("bench.html"), row("page"), row(library));
        NetworkRow { name: name.to_owned(), bench, page, peer, counts }
    }

    fn ratio(&self) -> Option<f64> {
        Some(self.page.median()? / self.peer.median()?)
    }
}

/// Prints the table, and below it the worst and the median ratio.
pub fn print(rows: &[NetworkRow]) {
    let has_peers = rows.iter().any(|row| row.peer.median().is_some());
    print!("\n{:<34} {:>10} {:>10} {:>11}", "images/s", "bench.html", "page", "page/bench");
    println!("{}", if has_peers { format!(" {:>10} {:>10}", "peer", "page/peer") } else { String::new() });
    for row in rows {
        let (Some(bench), Some(page)) = (row.bench.median(), row.page.median()) else { continue };
        print!("{:<34} {bench:>10.0} {page:>10.0} {:>9.0} %", row.name, 100.0 * page / bench);
        match (row.peer.median(), row.ratio()) {
            (Some(peer), Some(ratio)) => println!(" {peer:>10.0} {ratio:>8.2} ×"),
            _ => println!(),
        }
    }
    let ratios: Vec<f64> = rows.iter().filter(|row| row.counts).filter_map(NetworkRow::ratio).collect();
    if let Some([worst, median]) = worst_and_median(ratios) {
        println!("page against Keras: worst {worst:.2} ×, median {median:.2} ×");
    }
}

/// Of an even number the median is the mean of the two in the middle.
fn worst_and_median(mut ratios: Vec<f64>) -> Option<[f64; 2]> {
    ratios.sort_by(f64::total_cmp);
    let worst = *ratios.first()?;
    let n = ratios.len();
    Some([worst, (ratios[(n - 1) / 2] + ratios[n / 2]) / 2.0])
}

/// Prints a network's parts, with their medians of all rounds; `peaks` are those of the rounds, in GFLOP/s.
pub fn print_parts(name: &str, rounds: &[Vec<Part>], peaks: &[f64]) {
    let parts = medians(rounds);
    let total: f64 = parts.iter().map(|part| part.us_per_image).sum();
    let peak = median(peaks.to_vec());
    println!("\n{name}: an update on one core, {total:.1} µs per image, peak {peak:.1} GFLOP/s");
    for Part { title, us_per_image, gflops } in parts {
        print!("  {title:<58} {us_per_image:>8.2} µs {:>4.0} %", 100.0 * us_per_image / total);
        match gflops {
            Some(gflops) => println!(" {gflops:>7.1} GFLOP/s {:>4.0} % of the peak", 100.0 * gflops / peak),
            None => println!(),
        }
    }
}

fn medians(rounds: &[Vec<Part>]) -> Vec<Part> {
    let Some(first) = rounds.first() else { return vec![] };
    let part = |(part_idx, part): (usize, &Part)| {
        let of_rounds = |figure: fn(&Part) -> Option<f64>| {
            let figures: Vec<f64> = rounds.iter().filter_map(|parts| figure(parts.get(part_idx)?)).collect();
            (!figures.is_empty()).then(|| median(figures))
        };
        let us_per_image = of_rounds(|part| Some(part.us_per_image)).unwrap_or(part.us_per_image);
        Part { title: part.title.clone(), us_per_image, gflops: of_rounds(|part| part.gflops) }
    };
    first.iter().enumerate().map(part).collect()
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worst_and_median_are_of_all_ratios() {
        assert_eq!(worst_and_median(vec![]), None);
        assert_eq!(worst_and_median(vec![3.0, 1.0, 2.0]), Some([1.0, 2.0]));
        assert_eq!(worst_and_median(vec![4.0, 1.0, 2.0, 3.0]), Some([1.0, 2.5]));
    }

    #[test]
    fn parts_have_the_medians_of_the_rounds() {
        let part = |us_per_image, gflops| Part { title: "dense".to_owned(), us_per_image, gflops };
        let rounds = [vec![part(3.0, Some(1.0))], vec![part(1.0, Some(3.0))], vec![part(2.0, Some(2.0))]];
        assert_eq!(medians(&rounds), [part(2.0, Some(2.0))]);
        assert_eq!(medians(&[vec![part(5.0, None)]]), [part(5.0, None)]);
    }

    #[test]
    fn a_ratio_needs_both_figures() {
        let mut row = NetworkRow::new("N1", "lesson-cnn", "Keras", true);
        row.page.push(0, 300.0);
        assert_eq!(row.ratio(), None);
        row.peer.push(0, 100.0);
        assert_eq!(row.ratio(), Some(3.0));
    }
}
