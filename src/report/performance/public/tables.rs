//! The tables of the public edition, once for page and workbook.
//!
//! In: what is shown, and the names of periods, services and steps. Out: rows of figures. Must not look up a figure anywhere
//! but in [`Shown`].

use super::{PublicFigure, Shown};
use crate::format;
use crate::measure::performance::UNRECORDED;
use crate::period::Period;
use crate::report::performance::PerformanceReport;
use crate::report::words::{capital, pause_rule};
use crate::standard::PauseRule;

/// What stands under one heading.
#[derive(Debug, Clone, Copy)]
pub enum Entry<'a> {
    Share(Share<'a>),
    Figure(Option<&'a PublicFigure>),
    Text(&'a str),
}

/// A share and the bounds of its interval.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share<'a> {
    pub share: Option<&'a PublicFigure>,
    pub low: Option<&'a PublicFigure>,
    pub high: Option<&'a PublicFigure>,
}

/// One row: its name, and an entry for each heading.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    pub name: String,
    pub entries: Vec<Entry<'a>>,
    /// The semester of the report, among others.
    pub own: bool,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    pub title: &'static str,
    /// Heads the names.
    pub corner: &'static str,
    pub heads: Vec<&'static str>,
    pub rows: Vec<Row<'a>>,
    pub note: &'static str,
}

/// The report with what is shown of it.
#[derive(Clone, Copy)]
pub struct Content<'a> {
    pub r: &'a PerformanceReport<'a>,
    pub shown: &'a Shown,
}

const DUE: &str = "Tepat waktu dari yang jatuh tempo";
const DECIDED: &str = "Tepat waktu dari yang diputus";

impl<'a> Content<'a> {
    fn period(&self) -> Period {
        self.r.review.overview.period
    }

    /// A figure of the semester.
    pub fn figure(&self, indicator: &str, group: &[(&str, &str)]) -> Option<&'a PublicFigure> {
        self.shown.get(indicator, &self.period().to_string(), group)
    }

    /// A share of the semester.
    pub fn share(&self, indicator: &str, group: &[(&str, &str)]) -> Share<'a> {
        self.share_at(self.period(), indicator, group)
    }

    fn share_at(&self, period: Period, indicator: &str, group: &[(&str, &str)]) -> Share<'a> {
        let period = period.to_string();
        let get = |bound: &str| {
            self.shown
                .get(&format!("{indicator}{bound}"), &period, group)
        };
        Share {
            share: get(""),
            low: get(".low"),
            high: get(".high"),
        }
    }

    /// The months of the semester.
    pub fn months(&self) -> Table<'a> {
        let row = |month: &Period| Row {
            name: format::period(*month),
            entries: vec![
                Entry::Figure(self.shown.get("flow.received", &month.to_string(), &[])),
                Entry::Share(self.share_at(*month, "on_time.due", &[])),
                Entry::Share(self.share_at(*month, "on_time.decided", &[])),
            ],
            own: false,
        };
        Table {
            title: "Bulan demi bulan",
            corner: "Bulan",
            heads: vec!["Diterima", DUE, DECIDED],
            rows: self.r.performance.months.iter().map(row).collect(),
            note: "",
        }
    }

    /// This semester and those before it, newest first.
    pub fn semesters(&self) -> Table<'a> {
        let own = self.period();
        let all = std::iter::once(own).chain(self.r.performance.earlier.iter().rev().copied());
        let row = |period: Period| Row {
            name: format::period(period),
            entries: vec![Entry::Share(self.share_at(period, "on_time.due", &[]))],
            own: period == own,
        };
        Table {
            title: "Semester ini dan sebelumnya",
            corner: "Semester",
            heads: vec![DUE],
            rows: all.map(row).collect(),
            note: "",
        }
    }

    /// The services, regions and channels, those that have anything to show.
    pub fn groups(&self) -> Vec<Table<'a>> {
        let tables = [
            ("service", "Menurut jenis layanan", "Layanan"),
            ("region", "Menurut wilayah", "Wilayah"),
            ("channel", "Menurut saluran", "Saluran"),
        ];
        let tables = tables.map(|(dimension, title, corner)| self.group(dimension, title, corner));
        tables.into_iter().filter(|t| !t.rows.is_empty()).collect()
    }

    fn group(&self, dimension: &str, title: &'static str, corner: &'static str) -> Table<'a> {
        let period = self.period().to_string();
        let values = self.shown.values("on_time.due", &period, dimension);
        let is_service = dimension == "service";
        let row = |value: &str| {
            let group = [(dimension, value)];
            let mut entries = vec![
                Entry::Figure(self.figure("flow.received", &group)),
                Entry::Share(self.share("on_time.due", &group)),
                Entry::Share(self.share("on_time.decided", &group)),
            ];
            if is_service {
                let days = ["working_days.median", "working_days.p90"];
                entries.extend(days.map(|d| Entry::Figure(self.figure(d, &group))));
            }
            Row {
                name: self.name(dimension, value),
                entries,
                own: false,
            }
        };
        let mut heads = vec!["Diterima", DUE, DECIDED];
        if is_service {
            heads.extend(["Median hari kerja", "Persentil ke-90"]);
        }
        Table {
            title,
            corner,
            heads,
            rows: values.into_iter().map(row).collect(),
            note: match dimension {
                "service" => {
                    "Ditahan: terlalu sedikit, atau dapat dipakai menghitung yang terlalu sedikit."
                }
                "region" => "Wilayah dengan sedikit permohonan tidak disebut.",
                _ => "Saluran dengan sedikit permohonan tidak disebut.",
            },
        }
    }

    fn name(&self, dimension: &str, value: &str) -> String {
        let all = self.r.review.overview.dimensions.iter();
        let values = all.filter(|(d, _)| d == dimension).flat_map(|(_, v)| v);
        let mut named = values.filter(|(code, _)| code == value);
        let name = named.next().map_or(value, |(_, name)| name.as_str());
        match name == UNRECORDED {
            true => "Tidak tercatat".to_owned(),
            false => name.to_owned(),
        }
    }

    /// The steps of the procedure.
    pub fn stages(&self) -> Table<'a> {
        let rows = self.r.review.overview.stages.iter().filter_map(|stage| {
            let step = stage.step.to_string();
            let group = [("step", step.as_str())];
            let minutes = self.figure("stage.minutes_median", &group)?;
            Some(Row {
                name: format!("{}. {}", stage.step, capital(&stage.title)),
                entries: vec![
                    Entry::Text(&stage.window_words),
                    Entry::Share(self.share("stage.within_window", &group)),
                    Entry::Text(&stage.minutes_words),
                    Entry::Share(self.share("stage.within_minutes", &group)),
                    Entry::Figure(Some(minutes)),
                ],
                own: false,
            })
        });
        Table {
            title: "Tahapan pelayanan",
            corner: "Tahapan",
            heads: vec![
                "Batas hari",
                "Dalam batas hari",
                "Batas waktu layanan",
                "Dalam batas waktu layanan",
                "Median waktu layanan",
            ],
            rows: rows.collect(),
            note: "Tahapan yang dikerjakan oleh satu orang saja ditahan, karena angkanya adalah angka orang itu.",
        }
    }

    /// The technical agencies, those that may be named, and all of them together.
    pub fn agencies(&self) -> Table<'a> {
        let period = self.period().to_string();
        let row = |name: String, group: &[(&str, &str)]| Row {
            name,
            entries: vec![
                Entry::Figure(self.figure("agency.count", group)),
                Entry::Figure(self.figure("agency.days_median", group)),
            ],
            own: false,
        };
        let named = self.shown.values("agency.count", &period, "agency");
        let mut rows: Vec<Row> = named
            .into_iter()
            .map(|name| row(name.to_owned(), &[("agency", name)]))
            .collect();
        if self
            .figure("agency.count", &[])
            .is_some_and(|f| f.n != Some(0))
        {
            rows.push(row("Seluruh perangkat daerah teknis".to_owned(), &[]));
        }
        Table {
            title: "Rekomendasi teknis dari perangkat daerah (OPD)",
            corner: "Perangkat daerah",
            heads: vec!["Rekomendasi diserahkan", "Median hari kerja"],
            rows,
            note: "Perangkat daerah yang rekomendasinya sedikit, atau yang tidak terdaftar, tidak disebut.",
        }
    }

    /// The headline under each way to read the standard.
    pub fn rules(&self) -> Table<'a> {
        let row = |rule: PauseRule| Row {
            name: pause_rule(rule).to_owned(),
            entries: vec![Entry::Share(
                self.share("on_time.due", &[("pause", rule.code())]),
            )],
            own: false,
        };
        Table {
            title: "Bila standar dibaca dengan cara lain",
            corner: "Cara menghitung",
            heads: vec![DUE],
            rows: PauseRule::ALL.into_iter().map(row).collect(),
            note: "",
        }
    }

    /// Counts of the office, as (words, figure).
    pub fn facts(&self) -> Vec<(&'static str, Option<&'a PublicFigure>)> {
        [
            ("due.count", "jatuh tempo semester ini"),
            ("due.on_time", "tepat waktu"),
            ("due.late", "diputus terlambat"),
            ("due.overdue", "lewat batas, belum diputus"),
            ("due.withdrawn_late", "dicabut setelah lewat batas"),
            ("due.pending", "belum jatuh tempo saat laporan dibuat"),
        ]
        .map(|(indicator, words)| (words, self.figure(indicator, &[])))
        .to_vec()
    }

    /// The balance of the office, as (sign, words, figure).
    pub fn flow(&self) -> Vec<(&'static str, &'static str, Option<&'a PublicFigure>)> {
        [
            ("", "berkas awal", "flow.opening"),
            ("+", "diterima", "flow.received"),
            ("=", "diputus", "flow.decided"),
            ("+", "dicabut", "flow.withdrawn"),
            ("+", "berkas akhir", "flow.closing"),
        ]
        .map(|(sign, words, indicator)| (sign, words, self.figure(indicator, &[])))
        .to_vec()
    }
}
