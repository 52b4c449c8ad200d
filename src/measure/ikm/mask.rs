//! Personal data in what people write: masked, rather too much than too little.
//!
//! In: a suggestion. Out: the same text with a mark in place of what may name or reach a person: e-mail addresses, web addresses and
//! names behind `@`; numbers of six digits and more, however they are spaced (telephone, NIK, NPWP, receipt); number plates; the
//! words behind Bapak, Ibu, Sdr. and the like, and behind "atas nama". What it cannot know: a name that stands alone, a nickname, a
//! position that only one person holds, an event that gives somebody away. Whoever publishes suggestions reads them first.

/// What stands in place of what was masked.
pub const MARK: &str = "[disamarkan]";

/// Fewer digits are a price, a time or a count.
const LEAST_DIGITS: usize = 6;
/// Words of a name behind an address.
const NAME_WORDS: usize = 3;

/// Forms of address.
const ADDRESSES: &[&str] = &[
    "bapak", "bpk", "bp", "pak", "ibu", "bu", "sdr", "sdri", "saudara", "saudari", "tuan",
    "nyonya", "ny", "tn", "mas", "mbak", "mba", "kak", "kakak", "bang", "abang", "dik", "haji",
    "hajah", "hj", "dr", "drs", "dra", "ir", "prof",
];

/// Words behind which a name stands, with the word before them where it takes two.
const NAMED: &[(&str, &str)] = &[
    ("", "bernama"),
    ("atas", "nama"),
    ("nama", "saya"),
    ("a", "n"),
    ("", "an"),
    ("", "ttd"),
];

/// Words behind an address that are no name.
const NO_NAMES: &[&str] = &[
    "dan",
    "atau",
    "yang",
    "yg",
    "di",
    "ke",
    "dari",
    "untuk",
    "agar",
    "supaya",
    "dengan",
    "pada",
    "kepada",
    "petugas",
    "pegawai",
    "pelaksana",
    "kepala",
    "dinas",
    "kantor",
    "loket",
    "satpam",
    "security",
    "front",
    "office",
    "cs",
    "customer",
    "admin",
    "operator",
    "staf",
    "staff",
    "ini",
    "itu",
    "nya",
    "tolong",
    "mohon",
    "harap",
    "sudah",
    "belum",
    "tidak",
    "kurang",
    "sangat",
    "lebih",
    "sekalian",
    "semua",
    "para",
    "saya",
    "kami",
    "kita",
    "mereka",
    "gubernur",
    "bupati",
    "walikota",
    "menteri",
    "kabid",
    "kasi",
    "pemohon",
    "pelanggan",
    "hamil",
    "menyusui",
    "lansia",
    "kota",
    "kandung",
    "bapak",
    "ibu",
    "pak",
    "bu",
    "saudara",
    "saudari",
    "sdr",
    "sdri",
];

/// The text masked, and whether anything was.
pub fn masked(text: &str) -> (String, bool) {
    let words = words(text);
    let mut parts = addresses(text);
    parts.extend(numbers(text));
    parts.extend(plates(text, &words));
    parts.extend(names(text, &words));
    parts.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (from, to) in parts.iter().copied() {
        let between = text.get(done..from).unwrap_or("");
        // Parts that touch share a mark, and what little stands between them is lost.
        let touches = out.ends_with(MARK) && is_nothing(between);
        if !touches {
            out.push_str(between);
        }
        if !touches && to > done {
            out.push_str(MARK);
        }
        done = done.max(to);
    }
    out.push_str(text.get(done..).unwrap_or(""));
    (out, !parts.is_empty())
}

/// Whether what stands between two parts says nothing: a space, a point.
fn is_nothing(between: &str) -> bool {
    between.len() <= 2 && !between.contains(char::is_alphanumeric)
}

type Part = (usize, usize);

/// Runs of letters and digits.
pub(super) fn words(text: &str) -> Vec<Part> {
    let mut words: Vec<Part> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(word) if word.1 == at => word.1 = end,
            _ => words.push((at, end)),
        }
    }
    words
}

/// Tokens that are an e-mail or web address, or a name behind `@`.
fn addresses(text: &str) -> Vec<Part> {
    let is_address = |token: &str| {
        let lower = token.to_lowercase();
        let lower = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
        let domain = [
            ".com", ".co.id", ".go.id", ".id/", ".net", ".org", "wa.me", "t.me", "bit.ly",
        ];
        token.contains('@')
            || lower.contains("://")
            || lower.starts_with("www.")
            || lower.ends_with(".id")
            || domain.iter().any(|d| lower.contains(d))
    };
    tokens(text)
        .filter(|(from, to)| is_address(text.get(*from..*to).unwrap_or("")))
        .collect()
}

/// What white space divides.
fn tokens(text: &str) -> impl Iterator<Item = Part> {
    text.split_whitespace().map(|token| {
        let from = token.as_ptr() as usize - text.as_ptr() as usize;
        (from, from + token.len())
    })
}

/// Digits that belong together, with what stands between them, where they are many.
fn numbers(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut run: Option<(Part, usize)> = None;
    let mut gap = 0;
    for (at, c) in text.char_indices() {
        if c.is_numeric() {
            let end = at + c.len_utf8();
            run = match run {
                Some(((from, _), digits)) => Some(((from, end), digits + 1)),
                None => Some(((at, end), 1)),
            };
            gap = 0;
            continue;
        }
        gap += 1;
        let between = matches!(
            c,
            ' ' | '.' | ',' | '-' | '–' | '/' | '(' | ')' | '+' | ':' | '\u{a0}' | '_'
        );
        if gap > 3 || !between {
            parts.extend(run.take());
        }
    }
    parts.extend(run);
    let many = parts
        .into_iter()
        .filter(|(_, digits)| *digits >= LEAST_DIGITS);
    many.map(|(part, _)| part).collect()
}

/// Number plates: `KT 1234 AB`, written with spaces or without, in capitals.
fn plates(text: &str, words: &[Part]) -> Vec<Part> {
    let is = |part: &Part, kind: fn(char) -> bool, most: usize| {
        let word = text.get(part.0..part.1).unwrap_or("");
        (1..=most).contains(&word.chars().count()) && word.chars().all(kind)
    };
    let capital: fn(char) -> bool = |c| c.is_ascii_uppercase();
    let digit: fn(char) -> bool = |c| c.is_ascii_digit();
    let apart = words.windows(3).filter_map(|w| match w {
        [a, b, c] if is(a, capital, 2) && is(b, digit, 4) && is(c, capital, 3) => Some((a.0, c.1)),
        _ => None,
    });
    let joined = words.iter().copied().filter(|part| {
        let word = text.get(part.0..part.1).unwrap_or("");
        let digits = word.trim_matches(capital);
        let front = word.len() - word.trim_start_matches(capital).len();
        let behind = word.len() - word.trim_end_matches(capital).len();
        (1..=2).contains(&front)
            && (1..=3).contains(&behind)
            && (1..=4).contains(&digits.len())
            && digits.chars().all(digit)
    });
    apart.chain(joined).collect()
}

/// Names behind an address, or behind words that announce one: the next word whatever its first letter, and further ones that begin
/// with a capital.
fn names(text: &str, words: &[Part]) -> Vec<Part> {
    let word = |i: usize| {
        let part = words.get(i)?;
        text.get(part.0..part.1)
    };
    let lower = |i: usize| word(i).map(str::to_lowercase).unwrap_or_default();
    let mut parts = Vec::new();
    for i in 0..words.len() {
        let own = lower(i);
        let before = i.checked_sub(1).map(lower).unwrap_or_default();
        let address = ADDRESSES.contains(&own.as_str());
        let announced = NAMED
            .iter()
            .any(|(first, second)| own == *second && (first.is_empty() || before == *first));
        if !(address || announced) {
            continue;
        }
        let mut next = i + 1;
        while next < words.len() && next <= i + NAME_WORDS {
            let (Some(part), Some(name)) = (words.get(next), word(next)) else {
                break;
            };
            let ends = words
                .get(next - 1)
                .is_none_or(|p| ends_there(text, p.1, part.0, next > i + 1));
            let capital = name.chars().next().is_some_and(char::is_uppercase);
            let no_name = NO_NAMES.contains(&name.to_lowercase().as_str());
            if ends || no_name || (next > i + 1 && !capital) {
                break;
            }
            parts.push(*part);
            next += 1;
        }
    }
    parts
}

/// Whether something stands between two words that ends a name: more than a space, a hyphen, or the point of an abbreviation.
fn ends_there(text: &str, from: usize, to: usize, within: bool) -> bool {
    let between = text.get(from..to).unwrap_or("");
    let plain = |c: char| c.is_whitespace() || matches!(c, '-' | '\'' | '.' | ':' | '"' | '“');
    let sentence = within && between.contains(['.', ':']) && between.len() > 1;
    sentence || !between.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_or_names_a_person_is_masked() {
        for (text, wanted) in [
            ("Hubungi 0812-3456-7890 ya", "Hubungi [disamarkan] ya"),
            ("telp (0541) 733 555.", "telp ([disamarkan]."),
            ("WA +62 812 3456 789", "WA +[disamarkan]"),
            ("NIK 6472010101800001 salah", "NIK [disamarkan] salah"),
            ("NPWP 01.234.567.8-901.000", "NPWP [disamarkan]"),
            (
                "berkas BRK-2026-002089 hilang",
                "berkas BRK-[disamarkan] hilang",
            ),
            (
                "kirim ke budi.s@contoh.go.id saja",
                "kirim ke [disamarkan] saja",
            ),
            ("ig @budi_s bagus", "ig [disamarkan] bagus"),
            (
                "lihat https://contoh.id/x dan wa.me/62812",
                "lihat [disamarkan] dan [disamarkan]",
            ),
            ("Pak Budi Santoso ramah", "Pak [disamarkan] ramah"),
            ("terima kasih bu siti", "terima kasih bu [disamarkan]"),
            ("Sdr. Andi Mappa, Loket 2", "Sdr. [disamarkan], Loket 2"),
            ("Ibu Hj. Nur di loket", "Ibu [disamarkan] di loket"),
            (
                "berkas atas nama Rahmat Hidayat lama",
                "berkas atas nama [disamarkan] lama",
            ),
            (
                "motor KT 1234 AB di parkiran",
                "motor [disamarkan] di parkiran",
            ),
            (
                "motor KT1234AB di parkiran",
                "motor [disamarkan] di parkiran",
            ),
        ] {
            assert_eq!(masked(text), (wanted.to_owned(), true), "{text}");
        }
    }

    #[test]
    fn what_names_nobody_stays() {
        for text in [
            "Ruang tunggu panas, tambah 2 kipas.",
            "Bapak/Ibu petugas sudah ramah",
            "Ibu yang di loket 3 kurang sabar",
            "Tarif Rp 50.000 terlalu mahal",
            "Buka jam 8 tutup jam 3",
            "",
            "Pak",
            "antre 2 jam",
            "🙂 mantap",
        ] {
            assert_eq!(masked(text), (text.to_owned(), false));
        }
    }

    #[test]
    fn no_text_makes_it_panic_and_no_long_number_is_left() {
        let pieces = [
            "é",
            "Pak ",
            "١٢٣٤٥٦",
            "@",
            "0812",
            "-",
            "\u{a0}",
            "B 1 A",
            "//",
            "NIK",
            "“",
            "3456",
            "\n",
        ];
        for a in 0..pieces.len() {
            for b in 0..pieces.len() {
                for c in 0..pieces.len() {
                    let text = [
                        pieces[a],
                        pieces[b],
                        pieces[c],
                        pieces[(a + b) % pieces.len()],
                    ]
                    .concat();
                    let (shown, _) = masked(&text);
                    let mut run = 0;
                    for ch in shown.chars() {
                        run = if ch.is_numeric() { run + 1 } else { 0 };
                        assert!(run < LEAST_DIGITS, "{text}: {shown}");
                    }
                }
            }
        }
    }
}
