//! Withholding in a table of rows and columns whose row totals, column totals and grand total are shown too.
//!
//! In: the table. Out: which cells and totals must not be shown. A reader has one equation for each row and column; the
//! totals are cells of these with the sign turned. Counts that fit all equations differ from the true ones by rounds: paths
//! through withheld cells, along a row, then a column, and so on back to the start, on which one is added and taken away in
//! turn. So a withheld count can be worked out if and only if no such round goes through it that leaves every count at
//! least one. This is exact where bounds passed from line to line would only be an approximation.

use super::grid::{Grid, Next};

/// What of a table must not be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldTwoWay {
    /// One for each cell, by row and column.
    pub cells: Vec<Vec<bool>>,
    /// One for each row's total.
    pub rows: Vec<bool>,
    /// One for each column's total.
    pub columns: Vec<bool>,
    /// The grand total.
    pub total: bool,
}

/// Which cells and totals of `table` must not be shown: every one from 1 to `least` - 1, and others with them, the smallest
/// that serve, until no withheld count follows from the shown ones and no row or column has a withheld sum below `least`.
/// Totals are withheld only where cells are not enough, the grand total last, since it stands in other places too. Rows that
/// are shorter than the longest count as ending in zeros.
///
/// This holds against a reader with all equations who knows that withheld counts are at least one. Unlike
/// [`super::withheld`], it does not always hold against one who also tries this very rule on every table that fits.
pub fn withheld_two_way(table: &[Vec<u64>], least: u64) -> WithheldTwoWay {
    let mut grid = Grid::of(table);
    grid.hide_small(least);
    while let Some(next) = grid.next_to_hide(least) {
        match next {
            Next::Cells(cells) => grid.hide(&cells),
            Next::All => {
                grid.hide_all();
                break;
            }
        }
    }
    let mut rows = grid.hidden();
    let mut columns = rows.pop().unwrap_or_default();
    let total = columns.pop().unwrap_or(false);
    let totals = rows.iter_mut().map(|row| row.pop().unwrap_or(false));
    WithheldTwoWay {
        rows: totals.collect(),
        cells: rows,
        columns,
        total,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    /// The table as it may be shown, totals last.
    fn shown(table: &[Vec<u64>], least: u64) -> Vec<Vec<Option<u64>>> {
        let w = withheld_two_way(table, least);
        let keep = |count: u64, hidden: bool| (!hidden).then_some(count);
        let mut rows: Vec<Vec<Option<u64>>> = Vec::new();
        for (i, row) in table.iter().enumerate() {
            let cells = row.iter().zip(&w.cells[i]).map(|(n, h)| keep(*n, *h));
            let total = keep(row.iter().sum(), w.rows[i]);
            rows.push(cells.chain([total]).collect());
        }
        let columns =
            (0..w.columns.len()).map(|j| (table.iter().map(|r| r[j]).sum(), w.columns[j]));
        let grand = (table.iter().flatten().sum(), w.total);
        rows.push(columns.chain([grand]).map(|(n, h)| keep(n, h)).collect());
        rows
    }

    fn text(table: &[Vec<u64>], least: u64) -> Vec<String> {
        let word = |n: &Option<u64>| n.map_or("*".into(), |n| n.to_string());
        let rows = shown(table, least);
        let rows = rows
            .iter()
            .map(|r| r.iter().map(word).collect::<Vec<String>>().join(" "));
        rows.collect()
    }

    #[test]
    fn a_small_cell_takes_a_round_with_it() {
        let table = [vec![3, 40, 50], vec![20, 30, 60], vec![70, 80, 15]];
        assert_eq!(
            text(&table, 10),
            ["* * 50 93", "* * 60 110", "70 80 15 165", "93 150 125 368"]
        );
        assert_eq!(text(&[vec![10, 20]], 10), ["10 20 30", "10 20 30"]);
        assert_eq!(text(&[], 10), ["0"]);
    }

    /// Without the other row's cells the small row would follow from the totals.
    #[test]
    fn a_small_total_takes_others_with_it() {
        let table = [vec![3, 1], vec![20, 30], vec![50, 60]];
        let seen = text(&table, 10);
        assert_eq!(seen[0], "* * *");
        assert!(seen[1].ends_with('*') || seen[2].ends_with('*'), "{seen:?}");
        assert!(seen[3].ends_with("164"), "{seen:?}");
    }

    #[test]
    fn nothing_but_a_small_cell_goes_with_everything() {
        assert_eq!(text(&[vec![4]], 10), ["* *", "* *"]);
        assert_eq!(text(&[vec![4, 0], vec![0, 0]], 10)[2], "* 0 *");
    }

    /// A reader who tries every table of counts that fits what is shown, withheld ones from 1 to `most`.
    struct Reader<'a> {
        seen: &'a [Vec<Option<u64>>],
        most: u64,
        /// By row and column, totals last: the values found, up to two.
        found: Vec<Vec<BTreeSet<u64>>>,
    }

    impl Reader<'_> {
        fn done(&self) -> bool {
            let cells = std::iter::zip(self.seen, &self.found);
            let mut cells = cells.flat_map(|(s, f)| std::iter::zip(s, f));
            cells.all(|(s, f)| s.is_some() || f.len() >= 2)
        }

        /// Goes on from a table whose cells before `at` are filled.
        fn read(&mut self, guess: &mut Vec<Vec<u64>>, at: usize) {
            let (height, width) = (self.seen.len() - 1, self.seen[0].len() - 1);
            if at > 0
                && at.is_multiple_of(width)
                && !self.fits(
                    self.seen[at / width - 1][width],
                    guess[at / width - 1].iter().sum(),
                )
            {
                return;
            }
            if at > height * width - width {
                let column = (at - 1) % width;
                if !self.fits(
                    self.seen[height][column],
                    guess.iter().map(|r| r[column]).sum(),
                ) {
                    return;
                }
            }
            if at == height * width {
                return self.note(guess);
            }
            let (i, j) = (at / width, at % width);
            let values = self.seen[i][j].map_or(1..=self.most, |n| n..=n);
            for value in values {
                guess[i][j] = value;
                self.read(guess, at + 1);
                if self.done() {
                    return;
                }
            }
            guess[i][j] = 0;
        }

        fn fits(&self, shown: Option<u64>, sum: u64) -> bool {
            shown.is_none_or(|n| n == sum) && (shown.is_some() || sum > 0)
        }

        fn note(&mut self, guess: &[Vec<u64>]) {
            let (height, width) = (guess.len(), guess[0].len());
            let total = guess.iter().flatten().sum();
            if !self.fits(self.seen[height][width], total) {
                return;
            }
            for i in 0..=height {
                for j in 0..=width {
                    let rows = if i == height { 0..height } else { i..i + 1 };
                    let sum = rows.map(|i| {
                        if j == width {
                            guess[i].iter().sum()
                        } else {
                            guess[i][j]
                        }
                    });
                    let value = sum.sum::<u64>();
                    if self.found[i][j].len() < 2 {
                        self.found[i][j].insert(value);
                    }
                }
            }
        }
    }

    #[test]
    fn the_reader_finds_what_is_withheld_alone() {
        let seen = [
            vec![None, Some(40), Some(43)],
            vec![Some(20), Some(30), Some(50)],
            vec![Some(23), Some(70), Some(93)],
        ];
        let found = vec![vec![BTreeSet::new(); 3]; 3];
        let mut reader = Reader {
            seen: &seen,
            most: 60,
            found,
        };
        reader.read(&mut vec![vec![0; 2]; 2], 0);
        assert_eq!(reader.found[0][0], BTreeSet::from([3]));
        assert!(!reader.done());
    }

    fn table() -> impl Strategy<Value = (Vec<Vec<u64>>, u64)> {
        (1_usize..4, 1_usize..4, 2_u64..6).prop_flat_map(|(height, width, least)| {
            let row = prop::collection::vec(0_u64..9, width..=width);
            (prop::collection::vec(row, height..=height), Just(least))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn a_reader_with_all_equations_finds_no_withheld_count((table, least) in table()) {
            let seen = shown(&table, least);
            let found = vec![vec![BTreeSet::new(); seen[0].len()]; seen.len()];
            let mut reader = Reader { seen: &seen, most: 10, found };
            reader.read(&mut table.iter().map(|r| vec![0; r.len()]).collect(), 0);
            prop_assert!(reader.done(), "{table:?} {least}: {seen:?} {:?}", reader.found);
            let counts = table.iter().flatten();
            let cells = counts.zip(seen.iter().take(table.len()).flat_map(|r| r.iter().take(r.len() - 1)));
            for (count, shown) in cells {
                prop_assert!(shown.is_none() || *count == 0 || *count >= least);
            }
        }
    }
}
