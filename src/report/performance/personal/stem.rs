//! File names from officers' names.
//!
//! In: the officers as recorded, which may hold anything. Out: stems that every file system takes and tells apart.

use std::collections::BTreeSet;

/// Longest stem, in characters.
const LONGEST: usize = 60;
/// Names that Windows keeps for devices, whatever follows the first point.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A stem for each name, in their order: ASCII letters, digits and `-`; no two alike, nor alike but for case.
pub fn stems(names: &[&str]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    names
        .iter()
        .map(|name| {
            let base = base(name);
            let all = (1_u64..).map(|n| numbered(&base, n));
            // Numbers do not end before the names do.
            let mut free = all.filter(|stem| taken.insert(stem.to_ascii_lowercase()));
            free.next().unwrap_or_default()
        })
        .collect()
}

/// The name with everything but letters and digits as single hyphens.
fn base(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
    let stem = words.join("-");
    match stem.is_empty() || is_device(&stem) {
        true => format!("petugas-{stem}").trim_end_matches('-').to_owned(),
        false => cut(&stem, LONGEST),
    }
}

fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let port = |name: &str| {
        let number = stem.strip_prefix(name);
        number.is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()))
    };
    DEVICES.contains(&stem.as_str()) || port("com") || port("lpt")
}

fn numbered(base: &str, n: u64) -> String {
    match n {
        1 => base.to_owned(),
        _ => {
            let number = format!("-{n}");
            let room = LONGEST.saturating_sub(number.len());
            format!("{}{number}", cut(base, room))
        }
    }
}

/// The first `longest` characters, all ASCII.
fn cut(stem: &str, longest: usize) -> String {
    let cut: String = stem.chars().take(longest).collect();
    cut.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_stems() {
        for (name, stem) in [
            ("Petugas A-1", "Petugas-A-1"),
            ("../../etc/passwd", "etc-passwd"),
            ("<script>", "script"),
            ("  ", "petugas"),
            ("Ö", "petugas"),
            ("COM7", "petugas-COM7"),
            ("nul", "petugas-nul"),
        ] {
            assert_eq!(stems(&[name]), [stem], "{name}");
        }
    }

    #[test]
    fn stems_that_meet_are_numbered() {
        let all = stems(&["a b", "A-B", "a_b", "a-b-2", "a-b-2"]);
        assert_eq!(all, ["a-b", "A-B-2", "a-b-3", "a-b-2-2", "a-b-2-3"]);
        let long = "x".repeat(80);
        let all = stems(&[&long, &long]);
        assert_eq!(all, ["x".repeat(60), format!("{}-2", "x".repeat(58))]);
    }

    proptest! {
        #[test]
        fn any_names_give_safe_and_different_stems(names in prop::collection::vec(".{0,70}", 0..20)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let all = stems(&names);
            let different: BTreeSet<String> = all.iter().map(|s| s.to_ascii_lowercase()).collect();
            prop_assert_eq!(different.len(), names.len());
            for stem in &all {
                prop_assert!(!stem.is_empty() && stem.len() <= LONGEST && !is_device(stem));
                prop_assert!(stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
            }
        }
    }
}
