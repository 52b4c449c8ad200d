//! Withholding in a table of rows and columns whose row totals, column totals and grand total are shown too.
//!
//! In: the table. Out: which cells and totals must not be shown. A reader has one equation for each row and column; the
//! totals are cells of these with the sign turned. Counts that fit all equations differ from the true ones by rounds: paths
//! through withheld cells, along a row, then a column, and so on back to the start, on which one is added and taken away in
//! turn. So a withheld count can be worked out if and only if no such round goes through it that leaves every count at
//! least one. This is exact where bounds passed from line to line would only be an approximation.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

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
/// are shorter than the first count as ending in zeros.
///
/// This holds against a reader who knows that withheld counts are at least one; one who tries this very rule on every table
/// that fits may sometimes exclude some of them.
pub fn withheld_two_way(table: &[Vec<u64>], least: u64) -> WithheldTwoWay {
    let mut grid = Grid::of(table);
    for cell in 0..grid.counts.len() {
        let count = grid.count(cell);
        grid.hide_if(cell, count > 0 && count < least);
    }
    while let Some(more) = grid.next_to_hide(least) {
        match more {
            Some(cells) => cells.into_iter().for_each(|cell| grid.hide_if(cell, true)),
            None => grid.hidden.fill(true),
        }
        if grid.hidden.iter().all(|h| *h) {
            break;
        }
    }
    grid.result()
}

/// The table with its totals as a last row and column.
struct Grid {
    height: usize,
    width: usize,
    /// By row, then column.
    counts: Vec<u64>,
    hidden: Vec<bool>,
}

impl Grid {
    fn of(table: &[Vec<u64>]) -> Grid {
        let columns = table.iter().map(Vec::len).max().unwrap_or(0);
        let (height, width) = (table.len() + 1, columns + 1);
        let mut counts = Vec::with_capacity(height * width);
        let mut totals = vec![0; width];
        for row in table {
            let padded = row.iter().copied().chain(std::iter::repeat(0));
            let cells: Vec<u64> = padded.take(columns).collect();
            let total = cells.iter().sum();
            for (sum, count) in totals.iter_mut().zip(cells.into_iter().chain([total])) {
                *sum += count;
                counts.push(count);
            }
        }
        counts.extend(totals);
        let hidden = vec![false; counts.len()];
        Grid {
            height,
            width,
            counts,
            hidden,
        }
    }

    fn count(&self, cell: usize) -> u64 {
        self.counts.get(cell).copied().unwrap_or(0)
    }

    fn is_hidden(&self, cell: usize) -> bool {
        self.hidden.get(cell).copied().unwrap_or(false)
    }

    fn hide_if(&mut self, cell: usize, hide: bool) {
        if let Some(hidden) = self.hidden.get_mut(cell) {
            *hidden |= hide;
        }
    }

    /// What to hide next; None where everything is protected, Some(None) where only hiding all would protect it.
    fn next_to_hide(&self, least: u64) -> Option<Option<Vec<usize>>> {
        if let Some(cell) = self.beside_a_small_sum(least) {
            return Some(Some(vec![cell]));
        }
        let exposed = (0..self.counts.len()).find(|cell| {
            let round = self.is_hidden(*cell).then(|| self.round_through(*cell));
            round.is_some_and(|r| r.is_none_or(|cells| cells.iter().any(|c| !self.is_hidden(*c))))
        });
        exposed.map(|cell| self.round_through(cell))
    }

    /// The smallest shown count of a row or column whose withheld counts come to less than `least` in sum.
    fn beside_a_small_sum(&self, least: u64) -> Option<usize> {
        let rows = (0..self.height).map(|i| (0..self.width).map(|j| i * self.width + j).collect());
        let columns =
            (0..self.width).map(|j| (0..self.height).map(|i| i * self.width + j).collect());
        rows.chain(columns).find_map(|line: Vec<usize>| {
            let (total, parts) = line.split_last()?;
            let hidden = parts.iter().filter(|c| self.is_hidden(**c));
            let sum: u64 = hidden.map(|c| self.count(*c)).sum();
            if self.is_hidden(*total) || sum == 0 || sum >= least {
                return None;
            }
            let shown = parts
                .iter()
                .filter(|c| !self.is_hidden(**c) && self.count(**c) > 0);
            shown.min_by_key(|c| self.count(**c)).copied()
        })
    }

    /// The cells of the cheapest round through `cell`, which is withheld itself. A round costs what it adds to the withheld
    /// counts; totals cost more than any cells, and the grand total more than any totals.
    fn round_through(&self, cell: usize) -> Option<Vec<usize>> {
        let (row, column) = (cell / self.width, self.height + cell % self.width);
        let more = self
            .can_rise(cell, true)
            .then(|| self.path(column, row, cell));
        let less = self
            .can_rise(cell, false)
            .then(|| self.path(row, column, cell));
        let rounds = [more, less].into_iter().flatten().flatten();
        rounds.min_by_key(|(cost, _)| *cost).map(|(_, mut cells)| {
            cells.push(cell);
            cells
        })
    }

    /// The cheapest path between two lines over other cells than `without`: from a row to a column a cell's share in their
    /// equations rises by one, from a column to a row it falls. Rows are the lines 0.., columns `height`...
    fn path(&self, from: usize, to: usize, without: usize) -> Option<(u64, Vec<usize>)> {
        let lines = self.height + self.width;
        // By line: what it costs to get there, and over which line and cell.
        let mut best: Vec<Option<(u64, usize, usize)>> = vec![None; lines];
        let mut open = BinaryHeap::from([Reverse((0, from, from, without))]);
        while let Some(Reverse((cost, line, before, over))) = open.pop() {
            match best.get_mut(line) {
                Some(known @ None) => *known = Some((cost, before, over)),
                _ => continue,
            }
            if line == to {
                break;
            }
            for next in 0..lines {
                let Some((cell, rises)) = self.between(line, next) else {
                    continue;
                };
                if cell != without && self.can_rise(cell, rises) {
                    open.push(Reverse((cost + self.cost(cell), next, line, cell)));
                }
            }
        }
        let cost = best.get(to).copied().flatten()?.0;
        let (mut cells, mut line) = (Vec::new(), to);
        while line != from {
            let (_, before, over) = best.get(line).copied().flatten()?;
            cells.push(over);
            line = before;
        }
        Some((cost, cells))
    }

    /// The cell where a row and a column meet, and whether going from the first line to the second makes its share rise.
    fn between(&self, line: usize, next: usize) -> Option<(usize, bool)> {
        match (line.checked_sub(self.height), next.checked_sub(self.height)) {
            (None, Some(column)) => Some((line * self.width + column, true)),
            (Some(column), None) => Some((next * self.width + column, false)),
            _ => None,
        }
    }

    /// Whether one can be added to a cell's share, or taken away, with the count staying at least one. A total stands on the
    /// other side of its equation, so its share rises when its count falls. Zeros are shown and stay.
    fn can_rise(&self, cell: usize, rises: bool) -> bool {
        let (total_row, total_column) = self.is_total(cell);
        let count_rises = rises == (total_row == total_column);
        self.count(cell) > if count_rises { 0 } else { 1 }
    }

    /// Whether a cell stands in the row of totals, and in the column of totals.
    fn is_total(&self, cell: usize) -> (bool, bool) {
        (
            cell / self.width + 1 == self.height,
            cell % self.width + 1 == self.width,
        )
    }

    fn cost(&self, cell: usize) -> u64 {
        let grand = self.counts.last().copied().unwrap_or(0);
        let lines = (self.height + self.width) as u64;
        match self.is_total(cell) {
            _ if self.is_hidden(cell) => 0,
            (false, false) => self.count(cell),
            (true, true) => grand * lines * 4,
            _ => grand + self.count(cell),
        }
    }

    fn result(self) -> WithheldTwoWay {
        let mut rows: Vec<Vec<bool>> = self
            .hidden
            .chunks(self.width)
            .map(<[bool]>::to_vec)
            .collect();
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
                && at % width == 0
                && !self.fits(
                    self.seen[at / width - 1][width],
                    guess[at / width - 1].iter().sum(),
                )
            {
                return;
            }
            if at > height * width - width && at % width != 0 || at == height * width {
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
