//! A small survey with invented answers: every list filled, hostile texts, archived results under another instrument.
//!
//! The figures are counted here from the forms by plain loops and floating point: the page prints what it is given, so that they
//! need to be coherent, not exact.

use std::sync::Arc;

use chrono::NaiveDate;
use tepat::config::ikm::{Activity, IkmSettings};
use tepat::config::{Office, ReportRules};
use tepat::finding::{Check, Finding};
use tepat::measure::FigureTable;
use tepat::measure::ikm::{Ikm, PlanOutcome, Ranked, Suggestion, Survey, TrendPoint};
use tepat::period::Period;
use tepat::report::Provenance;
use tepat::report::ikm::IkmReport;
use tepat::snapshot::beside::Followed;
use tepat::snapshot::{FollowupRow, ResponseRow, Word};
use tepat::standard::load::{StandardFiles, load_instruments};
use tepat::standard::{Instrument, Instruments, Library};

use super::counting::{Counting, nrr};
use crate::report_fixture::{self, HOSTILE};
use crate::support::instant;

pub const SEMESTER: Period = Period::Semester {
    year: 2026,
    half: 1,
};

/// Service, name, forms of a hundred, recipients.
pub const SERVICES: [(&str, &str, usize, u64); 4] = [
    ("SOP-CONTOH-01", "Izin Contoh <Satu>", 50, 310),
    (
        "SOP-CONTOH-02",
        "Izin Penyelenggaraan Satuan Pendidikan Menengah Atas, Menengah Kejuruan dan Khusus",
        30,
        160,
    ),
    ("SOP-CONTOH-03", "Izin Usaha \"Contoh\" & Lainnya", 17, 60),
    ("SOP-CONTOH-04", "Rekomendasi Contoh", 3, 44),
];

pub const DIMENSIONS: [(&str, &[&str]); 5] = [
    ("sex", &["L", "P", "NA"]),
    (
        "age",
        &["<20", "20-29", "30-39", "40-49", "50-59", "60+", "NA"],
    ),
    (
        "education",
        &["SD", "SMP", "SMA", "D1-D3", "S1", "S2", "S3", "NA"],
    ),
    (
        "occupation",
        &["PNS", "SWASTA", "WIRAUSAHA", "<b>Lainnya</b>", "NA"],
    ),
    ("hour_band", &["08-12", "13-17", "NA"]),
];

/// What an [`Ikm`] borrows.
pub struct Made {
    pub office: Office,
    pub rules: ReportRules,
    pub settings: IkmSettings,
    pub library: Library,
    pub instruments: Instruments,
    pub forms: Vec<ResponseRow>,
    pub plan: Vec<Followed>,
    pub last_plan: Vec<Followed>,
    /// Whether the office has criteria of its own.
    pub with_internal: bool,
    /// Whether archived results under an older instrument stand before.
    pub with_archive: bool,
}

/// A survey of `count` forms.
pub fn made(count: usize) -> Made {
    let base = report_fixture::fixture(0);
    let mut library = base.library;
    let first = library.services["SOP-CONTOH-01"][0].clone();
    for (code, name, ..) in SERVICES {
        let mut standard = (*first).clone();
        standard.service = code.into();
        standard.name = name.into();
        library
            .services
            .insert(code.into(), vec![Arc::new(standard)]);
    }
    let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).expect("a date");
    Made {
        office: base.office,
        rules: base.rules,
        settings: IkmSettings {
            activities: vec![Activity {
                what: "Penyebaran kuesioner <kertas>".into(),
                from: day(1, 5),
                to: day(6, 26),
            }],
            charged_services: vec!["SOP-CONTOH-03".into()],
            ..IkmSettings::default()
        },
        library,
        instruments: load_instruments(&StandardFiles::shipped()).expect("the shipped instruments"),
        forms: (0..count).map(form).collect(),
        plan: vec![followed("2026-S1", "WAKTU", Some(day(9, 30)), None)],
        last_plan: vec![
            followed("2025-S2", "SARPRAS", Some(day(3, 31)), Some(day(3, 2))),
            followed("2025-S2", "PENGADUAN", None, None),
        ],
        with_internal: true,
        with_archive: true,
    }
}

fn followed(
    period: &str,
    element: &str,
    by_when: Option<NaiveDate>,
    done_on: Option<NaiveDate>,
) -> Followed {
    Followed {
        row: FollowupRow {
            followup_id: format!("{period}-{element}"),
            period: period.into(),
            indicator: "ikm.element".into(),
            group: format!("element={element}"),
            finding: "Termasuk tiga unsur terlemah.".into(),
            cause: None,
            action: Some(format!("Perbaikan {element} {}", HOSTILE[2])),
            who: Some("Kepala Seksi Pengaduan".into()),
            by_when,
            done_on,
            note: done_on.map(|_| "Berita acara 3/2026".into()),
        },
        then: None,
    }
}

/// Form `i`; the answers lean to 3 and 4, time and complaints to less; one in seven leaves an element out.
fn form(i: usize) -> ResponseRow {
    let pick = |k: usize, of: usize| (i * 7919 + k * 104_729 + i * i * 31) / 7 % of;
    let slot = i % 100;
    let mut below = 0;
    let service = SERVICES.iter().find(|(_, _, share, _)| {
        below += share;
        slot < below
    });
    let value = |k: usize, values: &[&str]| {
        let value = values[pick(k, values.len())];
        (value != "NA").then(|| Word::from(value))
    };
    let of = |name: &str| {
        DIMENSIONS
            .iter()
            .find(|(d, _)| *d == name)
            .map_or(&[][..], |d| d.1)
    };
    let codes = [
        "PERSYARATAN",
        "PROSEDUR",
        "WAKTU",
        "BIAYA",
        "PRODUK",
        "KOMPETENSI",
        "PERILAKU",
        "PENGADUAN",
        "SARPRAS",
    ];
    let answers = codes.iter().enumerate().map(|(k, code)| {
        let low = matches!(*code, "WAKTU" | "SARPRAS");
        let answer = match (*code, pick(k, 10)) {
            ("BIAYA", 0) => 3,
            ("BIAYA", _) => 4,
            (_, 0) if low => 1,
            (_, 1 | 2) if low => 2,
            (_, 0) => 2,
            (_, 1..=5) => 3,
            _ => 4,
        };
        let missing = i % 7 == 3 && k == i % 9;
        ((*code).to_owned(), (!missing).then_some(answer))
    });
    let own = ["INFORMASI", "KANAL", "INTEGRITAS"].iter().enumerate();
    let own = own.map(|(k, c)| ((*c).to_owned(), Some(2 + pick(20 + k, 3) as u8)));
    ResponseRow {
        response_id: format!("R-{i:05}"),
        answered_on: NaiveDate::from_ymd_opt(2026, 1 + (i % 6) as u32, 1 + (i % 27) as u32)
            .expect("a date"),
        service: service.map_or("SOP-CONTOH-01", |s| s.0).into(),
        case_id: (i.is_multiple_of(3)).then(|| format!("BRK-{i:05}")),
        answers: answers.chain(own).collect(),
        sex: value(31, of("sex")),
        age: value(32, of("age")).and_then(|a| {
            let lowest: String = a.chars().filter(char::is_ascii_digit).take(2).collect();
            lowest
                .parse()
                .ok()
                .map(|n: i32| if a.starts_with('<') { n - 1 } else { n })
        }),
        education: value(33, of("education")),
        occupation: value(34, of("occupation")),
        hour_band: value(35, of("hour_band")),
        suggestion: (i.is_multiple_of(5)).then(|| SAID[i / 5 % SAID.len()].1.to_owned()),
    }
}

/// Element and what was said.
pub const SAID: [(Option<&str>, &str); 9] = [
    (Some("WAKTU"), "Prosesnya terlalu lama, mohon dipercepat."),
    (
        Some("WAKTU"),
        "Sudah lewat batas dan belum ada kabar. Hubungi [nomor disamarkan].",
    ),
    (
        Some("SARPRAS"),
        "Kursi ruang tunggu kurang & parkiran sempit.",
    ),
    (Some("PERILAKU"), "Petugas ramah sekali, terima kasih."),
    (
        Some("PROSEDUR"),
        "Alur di aplikasi membingungkan; sebaiknya ada contoh pengisian untuk pemohon yang baru pertama kali mengurus izin.",
    ),
    (None, "Sudah baik, pertahankan."),
    (None, HOSTILE[1]),
    (Some("PENGADUAN"), HOSTILE[2]),
    (Some("PERSYARATAN"), "Persyaratan diminta dua kali."),
];

impl Made {
    pub fn instrument(&self, code: &str) -> Arc<Instrument> {
        self.instruments.by_code[code].clone()
    }

    /// Everything measured.
    pub fn ikm(&self) -> Ikm<'_> {
        let ministry = self.instrument("permenpanrb-14-2017");
        let own = self.instrument("internal-contoh");
        let mut counting = Counting::default();
        counting.survey(&self.forms, &ministry, None);
        let mut internal = Vec::new();
        if self.with_internal {
            counting.survey(&self.forms, &own, Some(&own.code));
            internal.push(self.survey(own));
        }
        let mut figures: FigureTable = counting.table;
        figures.sort();
        let survey = self.survey(ministry);
        let trend = self.trend(&figures);
        Ikm {
            period: SEMESTER,
            as_of: instant("2026-07-01 00:00"),
            figures,
            survey,
            internal,
            trend,
            services: SERVICES.iter().map(|s| s.0.to_owned()).collect(),
            dimensions: DIMENSIONS
                .iter()
                .map(|(d, values)| (*d, values.iter().map(|v| (*v).to_owned()).collect()))
                .collect(),
            suggestions: self.suggestions(),
            plan: if self.forms.is_empty() {
                Vec::new()
            } else {
                self.plan.iter().collect()
            },
            outcomes: self
                .last_plan
                .iter()
                .map(|followed| PlanOutcome {
                    followed,
                    then: Some("2,91".into()),
                    now: Some("3,04".into()),
                })
                .collect(),
            findings: vec![Finding::new(
                Check::UnreadableValue,
                "R-00003",
                format!("Jawaban {} bukan 1 sampai 4.", HOSTILE[1]),
            )],
        }
    }

    /// The report of what was measured.
    pub fn report<'a>(&'a self, ikm: &'a Ikm<'a>) -> IkmReport<'a> {
        IkmReport {
            office: &self.office,
            rules: &self.rules,
            settings: &self.settings,
            library: &self.library,
            ikm,
            provenance: Provenance {
                program_version: "0.1.0".into(),
                snapshot_digest: "a1".repeat(32),
                calendar: "nasional".into(),
                calendar_digest: "c3".repeat(32),
                settings_digest: "d4".repeat(32),
                edition: 1,
                ..Provenance::default()
            },
            survey_digest: "e5".repeat(32),
        }
    }

    fn survey(&self, instrument: Arc<Instrument>) -> Survey<'_> {
        let rank = |from_top: bool| {
            let mut elements: Vec<(usize, f64, &str)> = instrument
                .elements
                .iter()
                .enumerate()
                .map(|(at, e)| (at, nrr(&self.forms, &e.code), e.code.as_str()))
                .collect();
            elements.sort_by(|a, b| {
                let by = a.1.total_cmp(&b.1);
                (if from_top { by.reverse() } else { by }).then(a.0.cmp(&b.0))
            });
            let tied = |e: &(usize, f64, &str)| -> Vec<String> {
                let same = elements.iter().filter(|o| o.1 == e.1 && o.0 != e.0);
                same.map(|o| o.2.to_owned()).collect()
            };
            let ranked = elements.iter().take(3).map(|e| Ranked {
                element: e.2.to_owned(),
                tied_with: tied(e),
            });
            ranked.collect::<Vec<_>>()
        };
        let answered = !self.forms.is_empty();
        Survey {
            weakest: if answered { rank(false) } else { Vec::new() },
            strongest: if answered { rank(true) } else { Vec::new() },
            forms: self.forms.iter().collect(),
            instrument,
        }
    }

    fn suggestions(&self) -> Vec<Suggestion> {
        let said = self.forms.iter().filter_map(|f| {
            let text = f.suggestion.clone()?;
            let of = SAID.iter().find(|(_, t)| *t == text)?;
            Some(Suggestion {
                response_id: f.response_id.clone(),
                answered_on: f.answered_on,
                service: f.service.to_string(),
                element: of.0.map(str::to_owned),
                masked: text.contains("disamarkan"),
                text,
            })
        });
        said.collect()
    }

    fn trend(&self, figures: &FigureTable) -> Vec<TrendPoint> {
        let now = figures.get("ikm.unit", "2026-S1", &[]).expect("the index");
        let grade = figures.get("ikm.grade", "2026-S1", &[]).expect("the grade");
        let last = TrendPoint {
            period: SEMESTER,
            instrument: "permenpanrb-14-2017".into(),
            instrument_title: "PermenPANRB Nomor 14 Tahun 2017".into(),
            respondents: Some(now.n),
            printed: now.printed.clone(),
            value: now.value,
            grade: if now.n > 0 {
                grade.printed.clone()
            } else {
                String::new()
            },
            performance: if now.n > 0 {
                "Baik".into()
            } else {
                String::new()
            },
            archived: false,
            legacy: None,
            breaks: false,
        };
        if !self.with_archive {
            return vec![last];
        }
        let point =
            |word: &str, old: bool, value: f64, grade: &str, performance: &str| TrendPoint {
                period: word.parse().expect("a period"),
                instrument: if old {
                    "kep-25-2004"
                } else {
                    "permenpanrb-14-2017"
                }
                .into(),
                instrument_title: if old {
                    "KEP/25/M.PAN/2/2004"
                } else {
                    "PermenPANRB Nomor 14 Tahun 2017"
                }
                .into(),
                respondents: (!old).then_some(180),
                printed: tepat::format::decimal(value, 2),
                value: Some(value),
                grade: grade.into(),
                performance: performance.into(),
                archived: old || word.starts_with("2024"),
                legacy: (word == "2016").then(|| "Direproduksi dengan bobot 0,071.".into()),
                breaks: word == "2024-S1",
            };
        vec![
            point("2015", true, 75.12, "B", "Baik"),
            point("2016", true, 76.49, "B", "Baik"),
            point("2024-S1", false, 79.31, "B", "Baik"),
            point("2024-S2", false, 80.02, "B", "Baik"),
            point("2025-S1", false, 76.12, "C", "Kurang baik"),
            point("2025-S2", false, 81.18, "B", "Baik"),
            last,
        ]
    }
}
