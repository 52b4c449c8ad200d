//! What respondents are, in the words of the questionnaire: sex, education, occupation, hour of the visit.
//!
//! In: text as offices spell it. Out: the usual word (PermenPANRB 14/2017, questionnaire: L/P; SD to S3; PNS to Lainnya; 08-12 and
//! 13-17), or the text as it was written where it is none of the spellings below. Capitals, blanks and marks do not matter.

use std::borrow::Cow;

use super::scale::folded;

/// One usual word and how it is spelt, folded.
type Spelling = (&'static str, &'static [&'static str]);

const SEX: &[Spelling] = &[
    ("L", &["l", "lk", "laki", "laki laki", "pria", "male"]),
    ("P", &["p", "pr", "perempuan", "wanita", "female"]),
];

const EDUCATION: &[Spelling] = &[
    (
        "SD",
        &["sd", "mi", "sd mi", "sekolah dasar", "sd sederajat"],
    ),
    (
        "SMP",
        &[
            "smp",
            "sltp",
            "mts",
            "smp mts",
            "smp sltp",
            "sltp smp",
            "smp sederajat",
        ],
    ),
    (
        "SMA",
        &[
            "sma",
            "smk",
            "slta",
            "smu",
            "ma",
            "stm",
            "sma smk",
            "sma slta",
            "slta sma",
            "sma smk ma",
            "sma ma smk",
            "sma smk slta",
            "slta sma smk",
            "smu smk",
            "sma sederajat",
            "slta sederajat",
            "sma smk sederajat",
        ],
    ),
    (
        "D1-D3",
        &[
            "d1",
            "d2",
            "d3",
            "d i",
            "d ii",
            "d iii",
            "di",
            "dii",
            "diii",
            "d 1",
            "d 2",
            "d 3",
            "d1 d3",
            "d1 d2 d3",
            "d i d iii",
            "d1 s d d3",
            "d1 sampai d3",
            "diploma",
            "diploma 1",
            "diploma 2",
            "diploma 3",
            "diploma i",
            "diploma ii",
            "diploma iii",
            "ahli madya",
        ],
    ),
    (
        "S1",
        &[
            "s1",
            "s 1",
            "s i",
            "si",
            "d4",
            "d 4",
            "d iv",
            "div",
            "diploma 4",
            "diploma iv",
            "d4 s1",
            "s1 d4",
            "d iv s1",
            "s1 d iv",
            "sarjana",
            "sarjana s1",
            "s1 sarjana",
            "strata 1",
            "strata i",
        ],
    ),
    (
        "S2",
        &[
            "s2",
            "s 2",
            "s ii",
            "sii",
            "magister",
            "magister s2",
            "s2 magister",
            "strata 2",
            "pascasarjana s2",
        ],
    ),
    (
        "S3",
        &[
            "s3",
            "s 3",
            "s iii",
            "siii",
            "doktor",
            "doktor s3",
            "s3 doktor",
            "strata 3",
        ],
    ),
];

const OCCUPATION: &[Spelling] = &[
    (
        "PNS",
        &[
            "pns",
            "asn",
            "pns asn",
            "asn pns",
            "pegawai negeri",
            "pegawai negeri sipil",
            "aparatur sipil negara",
            "pegawai negeri sipil pns",
        ],
    ),
    ("TNI", &["tni"]),
    ("POLRI", &["polri", "polisi", "kepolisian"]),
    (
        "SWASTA",
        &[
            "swasta",
            "pegawai swasta",
            "karyawan swasta",
            "karyawan",
            "pekerja swasta",
            "pegawai perusahaan swasta",
        ],
    ),
    (
        "WIRAUSAHA",
        &[
            "wirausaha",
            "wiraswasta",
            "wirausaha wiraswasta",
            "wiraswasta wirausaha",
            "wirausahawan",
            "pengusaha",
            "usahawan",
            "pelaku usaha",
        ],
    ),
    (
        "Lainnya",
        &[
            "lainnya",
            "lain lain",
            "lain",
            "yang lain",
            "dan lain lain",
            "dll",
            "other",
        ],
    ),
];

/// A column of respondents' characteristics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    Sex,
    Education,
    Occupation,
    HourBand,
}

impl Trait {
    /// The usual word for `text`; None where it is none of its spellings.
    pub fn known(self, text: &str) -> Option<&'static str> {
        let spellings = match self {
            Trait::Sex => SEX,
            Trait::Education => EDUCATION,
            Trait::Occupation => OCCUPATION,
            Trait::HourBand => return hour_band(text),
        };
        // Most files write the usual word itself.
        if let Some((word, _)) = spellings.iter().find(|(word, _)| *word == text) {
            return Some(word);
        }
        let folded = folded(text);
        let known = spellings
            .iter()
            .find(|(_, all)| all.contains(&folded.as_str()));
        known.map(|(word, _)| *word)
    }

    /// The usual word, or the text with one blank for each stretch of white space.
    pub fn read(self, text: &str) -> Cow<'_, str> {
        match self.known(text) {
            Some(word) => Cow::Borrowed(word),
            None => match text.contains(|c: char| c.is_whitespace() && c != ' ')
                || text.contains("  ")
            {
                true => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
                false => Cow::Borrowed(text),
            },
        }
    }
}

/// `08.00 - 12.00`, `8-12 WITA`, `13:00 s.d. 17:00`.
fn hour_band(text: &str) -> Option<&'static str> {
    const MARKS: &[&str] = &[
        "jam", "pukul", "s", "d", "sd", "sampai", "dengan", "wib", "wita", "wit",
    ];
    let folded = folded(text);
    let words = folded.split(' ').filter(|w| !MARKS.contains(w));
    let numbers: Vec<u32> = words.map(|w| w.parse().ok()).collect::<Option<_>>()?;
    match numbers.as_slice() {
        [8, 12] | [8, 0, 12, 0] => Some("08-12"),
        [13, 17] | [13, 0, 17, 0] => Some("13-17"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_spellings_become_the_usual_word_and_others_stay() {
        use Trait::{Education, HourBand, Occupation, Sex};
        for (of, text, want) in [
            (Sex, "Laki-laki", "L"),
            (Sex, "PRIA", "L"),
            (Sex, "l", "L"),
            (Sex, "Wanita", "P"),
            (Sex, "W", "W"),
            (Education, "SMA/SMK", "SMA"),
            (Education, "SLTA / Sederajat", "SMA"),
            (Education, "D-III", "D1-D3"),
            (Education, "D1-D3", "D1-D3"),
            (Education, "Diploma 3", "D1-D3"),
            (Education, "D4/S1", "S1"),
            (Education, "S-2", "S2"),
            (Education, "Tidak  sekolah", "Tidak sekolah"),
            (Occupation, "PNS/ASN", "PNS"),
            (Occupation, "Wiraswasta", "WIRAUSAHA"),
            (Occupation, "Karyawan Swasta", "SWASTA"),
            (Occupation, "Yang lain", "Lainnya"),
            (Occupation, "TNI/POLRI", "TNI/POLRI"),
            (Occupation, "Nelayan", "Nelayan"),
            (HourBand, "08.00 – 12.00 WITA", "08-12"),
            (HourBand, "13:00 s.d. 17:00", "13-17"),
            (HourBand, "8-12", "08-12"),
            (HourBand, "13.00-16.00", "13.00-16.00"),
        ] {
            assert_eq!(of.read(text), want, "{text}");
        }
    }

    #[test]
    fn no_spelling_belongs_to_two_words() {
        for list in [SEX, EDUCATION, OCCUPATION] {
            let all: Vec<&str> = list
                .iter()
                .flat_map(|(_, all)| all.iter().copied())
                .collect();
            for (at, one) in all.iter().enumerate() {
                assert_eq!(&folded(one), one, "folded");
                assert!(!all[at + 1..].contains(one), "{one}");
            }
        }
    }
}
