//! The table behind [`super::withheld_two_way`] and the search for rounds in it.
//!
//! In: a table. Out: what to hide next. Must not decide when that is enough.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What to hide so that a count is protected.
pub(super) enum Next {
    /// These cells, numbered by row, then column.
    Cells(Vec<usize>),
    /// No choice of cells would protect it.
    All,
}

/// The table with its totals as a last row and column.
pub(super) struct Grid {
    height: usize,
    width: usize,
    /// By row, then column.
    counts: Vec<u64>,
    hidden: Vec<bool>,
}

impl Grid {
    /// Nothing hidden yet; short rows are filled up with zeros.
    pub(super) fn of(table: &[Vec<u64>]) -> Grid {
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

    /// Hides every count from 1 to `least` - 1.
    pub(super) fn hide_small(&mut self, least: u64) {
        for (count, hidden) in self.counts.iter().zip(&mut self.hidden) {
            *hidden |= (1..least).contains(count);
        }
    }

    pub(super) fn hide(&mut self, cells: &[usize]) {
        for cell in cells {
            if let Some(hidden) = self.hidden.get_mut(*cell) {
                *hidden = true;
            }
        }
    }

    pub(super) fn hide_all(&mut self) {
        self.hidden.fill(true);
    }

    /// What is hidden, by row and column, totals last.
    pub(super) fn hidden(&self) -> Vec<Vec<bool>> {
        self.hidden
            .chunks(self.width)
            .map(<[bool]>::to_vec)
            .collect()
    }

    /// What to hide next; None where everything is protected.
    pub(super) fn next_to_hide(&self, least: u64) -> Option<Next> {
        if let Some(cell) = self.beside_a_small_sum(least) {
            return Some(Next::Cells(vec![cell]));
        }
        let hidden = (0..self.counts.len()).filter(|cell| self.is_hidden(*cell));
        hidden
            .into_iter()
            .find_map(|cell| match self.round_through(cell) {
                Some(cells) if cells.iter().all(|c| self.is_hidden(*c)) => None,
                Some(cells) => Some(Next::Cells(cells)),
                None => Some(Next::All),
            })
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
            (true, true) => grand.saturating_mul(lines * 4),
            _ => grand.saturating_add(self.count(cell)),
        }
    }
}
