//! 95 % intervals of a share, and of the difference of two.
//!
//! In: hits and n. Out: percent and percentage points, None where there is nothing to have a share of.

use super::Z_95;

/// 95 % Wilson score interval of `hits` of `n`, in percent (Wilson, JASA 22, 1927). None for n = 0.
pub fn wilson(hits: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (n, p) = (n as f64, hits as f64 / n as f64);
    let z2 = Z_95 * Z_95;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Some((
        (100.0 * (centre - half)).max(0.0),
        (100.0 * (centre + half)).min(100.0),
    ))
}

/// 95 % interval of share a minus share b, in percentage points, from both Wilson intervals (Newcombe, Statistics in Medicine
/// 17, 1998, 873-890, method 10, without continuity correction). None where either n is 0. It holds 0 where the shares
/// may well be equal, stays within -100 to 100, and is the mirror image for b minus a.
pub fn newcombe(hits_a: u64, n_a: u64, hits_b: u64, n_b: u64) -> Option<(f64, f64)> {
    let (low_a, high_a) = wilson(hits_a, n_a)?;
    let (low_b, high_b) = wilson(hits_b, n_b)?;
    let a = 100.0 * hits_a as f64 / n_a as f64;
    let b = 100.0 * hits_b as f64 / n_b as f64;
    let difference = a - b;
    Some((
        (difference - (a - low_a).hypot(high_b - b)).max(-100.0),
        (difference + (high_a - a).hypot(b - low_b)).min(100.0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29.
    #[test]
    fn wilson_equals_newcombes_table() {
        for (hits, n, low, high) in [
            (81, 263, 25.53, 36.62),
            (15, 148, 6.24, 16.05),
            (0, 20, 0.00, 16.11),
            (1, 29, 0.61, 17.18),
        ] {
            let (l, h) = wilson(hits, n).unwrap();
            assert!((l - low).abs() < 0.006, "{hits}/{n}: {l}");
            assert!((h - high).abs() < 0.006, "{hits}/{n}: {h}");
        }
        assert_eq!(wilson(0, 0), None);
    }

    /// Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10, rows a, b and g.
    #[test]
    fn newcombe_equals_his_own_table() {
        for (a, n_a, b, n_b, low, high) in [
            (56, 70, 48, 80, 5.24, 33.39),
            (9, 10, 3, 10, 17.05, 80.90),
            (10, 10, 0, 20, 67.91, 100.00),
        ] {
            let (l, h) = newcombe(a, n_a, b, n_b).unwrap();
            assert!((l - low).abs() < 0.006, "{a}/{n_a} {b}/{n_b}: {l}");
            assert!((h - high).abs() < 0.006, "{a}/{n_a} {b}/{n_b}: {h}");
            let (mirrored_low, mirrored_high) = newcombe(b, n_b, a, n_a).unwrap();
            assert!((l + mirrored_high).abs() < 1e-9 && (h + mirrored_low).abs() < 1e-9);
        }
        assert_eq!(newcombe(0, 0, 1, 2), None);
        assert_eq!(newcombe(1, 2, 0, 0), None);
    }
}
