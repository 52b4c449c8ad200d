//! How many respondents a survey needs: Krejcie and Morgan, Determining Sample Size for Research Activities, Educational and
//! Psychological Measurement 30 (1970), 607-610.

/// The least number of respondents for a population, rounded half up; everybody where it is 10 or fewer.
///
/// n = X² N P (1 - P) / (d² (N - 1) + X² P (1 - P)) with X² = 3.841, P = 0.5, d = 0.05, here in whole numbers: both parts times
/// 4,000.
pub fn needed(population: u64) -> u64 {
    if population <= 10 {
        return population;
    }
    let n = u128::from(population);
    let above = 3_841 * n;
    let below = 10 * (n - 1) + 3_841;
    let rounded = (2 * above + below) / (2 * below);
    // Below the population, which fits.
    u64::try_from(rounded).unwrap_or(population)
}

#[cfg(test)]
mod tests {
    use super::needed;

    /// Table 1 of the paper, every row from 10 to 1,000,000.
    #[test]
    fn the_sample_equals_the_published_table() {
        const TABLE: [(u64, u64); 90] = [
            (10, 10),
            (15, 14),
            (20, 19),
            (25, 24),
            (30, 28),
            (35, 32),
            (40, 36),
            (45, 40),
            (50, 44),
            (55, 48),
            (60, 52),
            (65, 56),
            (70, 59),
            (75, 63),
            (80, 66),
            (85, 70),
            (90, 73),
            (95, 76),
            (100, 80),
            (110, 86),
            (120, 92),
            (130, 97),
            (140, 103),
            (150, 108),
            (160, 113),
            (170, 118),
            (180, 123),
            (190, 127),
            (200, 132),
            (210, 136),
            (220, 140),
            (230, 144),
            (240, 148),
            (250, 152),
            (260, 155),
            (270, 159),
            (280, 162),
            (290, 165),
            (300, 169),
            (320, 175),
            (340, 181),
            (360, 186),
            (380, 191),
            (400, 196),
            (420, 201),
            (440, 205),
            (460, 210),
            (480, 214),
            (500, 217),
            (550, 226),
            (600, 234),
            (650, 242),
            (700, 248),
            (750, 254),
            (800, 260),
            (850, 265),
            (900, 269),
            (950, 274),
            (1_000, 278),
            (1_100, 285),
            (1_200, 291),
            (1_300, 297),
            (1_400, 302),
            (1_500, 306),
            (1_600, 310),
            (1_700, 313),
            (1_800, 317),
            (1_900, 320),
            (2_000, 322),
            (2_200, 327),
            (2_400, 331),
            (2_600, 335),
            (2_800, 338),
            (3_000, 341),
            (3_500, 346),
            (4_000, 351),
            (4_500, 354),
            (5_000, 357),
            (6_000, 361),
            (7_000, 364),
            (8_000, 367),
            (9_000, 368),
            (10_000, 370),
            (15_000, 375),
            (20_000, 377),
            (30_000, 379),
            (40_000, 380),
            (50_000, 381),
            (75_000, 382),
            (1_000_000, 384),
        ];
        for (population, sample) in TABLE {
            assert_eq!(needed(population), sample, "{population}");
        }
    }

    #[test]
    fn everybody_is_asked_in_a_small_population_and_nobody_in_none() {
        for population in 0..=10 {
            assert_eq!(needed(population), population);
        }
        assert_eq!(needed(u64::MAX), 384);
        assert!((1..5_000).all(|n| needed(n) <= n && needed(n) <= needed(n + 1)));
    }
}
