//! Draws of the bootstrap: SplitMix64, and the sums of what is drawn. `bootstrap.rs` says what is drawn from what.
//!
//! In: sorted patterns, a seed. Out: for each replicate the sum and count of every element. A million forms are drawn a thousand times,
//! so nothing here is done for each form but the draw.

use super::scheme::{Pattern, Scheme};

/// What a draw adds to the state.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Which of the two seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seed {
    /// A sample alone, or the minuend of a difference.
    First,
    /// The subtrahend of a difference.
    Second,
}

impl Seed {
    fn state(self) -> u64 {
        match self {
            Seed::First => 142_017,
            Seed::Second => 252_004,
        }
    }
}

/// Forms that answered alike, in the order of their patterns, and what changes from one run to the next.
///
/// Neighbours in this order differ in few elements, so sums are made by parts: the sum of an element is the last run's answer times all
/// forms, less each change of its answer times the forms before it.
pub(super) struct Runs {
    forms: usize,
    /// How many forms each has.
    lengths: Vec<usize>,
    /// For each element, in the order of the codes: the changes of its answer.
    changes: Vec<Vec<Change>>,
    /// The answers of the last run.
    last: Vec<u8>,
}

/// A change of an element's answer behind a run.
struct Change {
    run: u32,
    /// By how much its answer grows.
    answer: i8,
    /// 1 where it is answered from here on, -1 where it no longer is.
    answered: i8,
}

/// How often each form is drawn, and how many are drawn up to the end of each run: kept between replicates.
pub(super) type Scratch = (Vec<u8>, Vec<u64>);

impl Runs {
    /// Joins equal neighbours of sorted patterns.
    pub fn new(scheme: &Scheme, sorted: &[Pattern]) -> Self {
        let mut runs = Self {
            forms: sorted.len(),
            lengths: Vec::new(),
            changes: (0..scheme.len()).map(|_| Vec::new()).collect(),
            last: Vec::new(),
        };
        for equal in sorted.chunk_by(|a, b| a == b) {
            let pattern = equal.first().copied().unwrap_or(0);
            let answers: Vec<u8> = scheme.answers(pattern).collect();
            let before = runs.lengths.len().checked_sub(1);
            if let Some(run) = before.and_then(|b| u32::try_from(b).ok()) {
                let pairs = runs.last.iter().zip(&answers);
                for (changes, (was, is)) in runs.changes.iter_mut().zip(pairs) {
                    if was != is {
                        changes.push(Change {
                            run,
                            answer: *is as i8 - *was as i8,
                            answered: i8::from(*is > 0) - i8::from(*was > 0),
                        });
                    }
                }
            }
            runs.lengths.push(equal.len());
            runs.last = answers;
        }
        runs
    }

    pub fn scratch(&self) -> Scratch {
        (vec![0; self.forms], Vec::with_capacity(self.lengths.len()))
    }
}

/// Draws the replicate of this number, from 0: sum and count of each element.
pub(super) fn replicate(
    (times, before): &mut Scratch,
    runs: &Runs,
    seed: Seed,
    number: usize,
) -> Vec<(u64, u64)> {
    let drawn = (number as u64).wrapping_mul(runs.forms as u64);
    let state = seed.state().wrapping_add(drawn.wrapping_mul(STEP));
    let narrow = draw(times, before, state, runs);
    narrow.unwrap_or_else(|| draw_wide(before, state, runs))
}

/// One replicate: how often each respondent is drawn, summed over those who answered alike. None where a byte was too small for a
/// count: then the counts do not add up to n.
fn draw(
    times: &mut [u8],
    before: &mut Vec<u64>,
    state: u64,
    runs: &Runs,
) -> Option<Vec<(u64, u64)>> {
    times.fill(0);
    let n = times.len();
    draw_each(state, n, |at| {
        if let Some(times) = times.get_mut(at) {
            *times = times.wrapping_add(1);
        }
    });
    cumulate(times, before, runs, |t| u64::from(*t));
    (before.last() == Some(&(n as u64))).then(|| sums(before, runs))
}

/// The same in numbers that are wide enough for any count: a respondent was drawn 256 times or more.
fn draw_wide(before: &mut Vec<u64>, state: u64, runs: &Runs) -> Vec<(u64, u64)> {
    let mut times = vec![0_u64; runs.forms];
    draw_each(state, runs.forms, |at| {
        if let Some(times) = times.get_mut(at) {
            *times += 1;
        }
    });
    cumulate(&times, before, runs, |t| *t);
    sums(before, runs)
}

/// How many were drawn up to the end of each run.
fn cumulate<T>(times: &[T], before: &mut Vec<u64>, runs: &Runs, wide: impl Fn(&T) -> u64) {
    before.clear();
    let mut all = 0;
    let mut rest = times;
    before.extend(runs.lengths.iter().map(|length| {
        let (own, behind) = rest.split_at(*length.min(&rest.len()));
        rest = behind;
        all += own.iter().map(&wide).sum::<u64>();
        all
    }));
}

/// Sum and count of each element.
fn sums(before: &[u64], runs: &Runs) -> Vec<(u64, u64)> {
    let all = before.last().copied().unwrap_or(0) as i64;
    let element = |(changes, last): (&Vec<Change>, &u8)| {
        let mut sum = i64::from(*last) * all;
        let mut count = i64::from(*last > 0) * all;
        for change in changes {
            let drawn = before.get(change.run as usize).copied().unwrap_or(0) as i64;
            sum -= i64::from(change.answer) * drawn;
            count -= i64::from(change.answered) * drawn;
        }
        (sum as u64, count as u64)
    };
    runs.changes.iter().zip(&runs.last).map(element).collect()
}

/// Makes n draws of a number below n.
fn draw_each(mut state: u64, n: usize, mut drawn: impl FnMut(usize)) {
    for _ in 0..n {
        drawn(next_below(&mut state, n));
    }
}

/// The next draw: a number below n.
fn next_below(state: &mut u64, n: usize) -> usize {
    *state = state.wrapping_add(STEP);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    ((u128::from(z) * n as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::load::{StandardFiles, load_instruments};

    #[test]
    fn the_generator_is_splitmix64() {
        // First outputs for the seed 1234567, as the reference implementation prints them.
        let mut state = 1_234_567;
        let whole = |state: &mut u64| next_below(state, usize::MAX);
        let drawn: Vec<usize> = (0..3).map(|_| whole(&mut state)).collect();
        let outputs = [
            6_457_827_717_110_365_317_u64,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        // A draw below 2^64 - 1 is the output itself, or one less.
        for (draw, output) in drawn.iter().zip(outputs) {
            assert!((output - 1..=output).contains(&(*draw as u64)), "{draw}");
        }
    }

    #[test]
    fn counts_that_no_byte_holds_are_counted_again_and_sums_by_parts_are_the_plain_ones() {
        let instruments = load_instruments(&StandardFiles::shipped()).expect("sound");
        let scheme = Scheme::new(&instruments.by_code["permenpanrb-14-2017"]);
        let mut state = 9;
        let mut random = |n| next_below(&mut state, n);
        let mut patterns: Vec<Pattern> = (0..700)
            .map(|_| (0..9).fold(0, |p, _| (p << 3) | random(5) as Pattern))
            .collect();
        patterns.sort_unstable();
        let runs = Runs::new(&scheme, &patterns);
        // As if the first were drawn 300 times.
        let times: Vec<u64> = (0..700).map(|i| if i == 0 { 300 } else { i % 3 }).collect();
        let mut before = Vec::new();
        cumulate(&times, &mut before, &runs, |t| *t);
        let plain = (0..9).map(|e| {
            let answers = patterns.iter().map(|p| u64::from(scheme.answer(*p, e)));
            let pairs = answers.zip(&times);
            pairs.fold((0, 0), |(s, n), (a, t)| {
                (s + a * t, n + u64::from(a > 0) * t)
            })
        });
        assert_eq!(sums(&before, &runs), plain.collect::<Vec<_>>());
        let bytes: Vec<u8> = times.iter().map(|t| *t as u8).collect();
        let all = before.last().copied();
        cumulate(&bytes, &mut before, &runs, |t| u64::from(*t));
        assert_eq!(before.last().map(|n| n + 256), all);
        let narrow = draw(&mut vec![0; 700], &mut before, 77, &runs);
        assert_eq!(narrow, Some(draw_wide(&mut before, 77, &runs)));
    }
}
