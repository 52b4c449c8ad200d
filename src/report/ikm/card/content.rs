//! What the publication card says, in the order of the ministry's model.
//!
//! In: the report. Out: words. Nothing is laid out here.

use crate::format;
use crate::report::SYNTHETIC_BANNER;
use crate::report::ikm::IkmReport;
use crate::report::ikm::view::View;
use crate::report::ikm::words::{self, UNRECORDED};

/// Foot of the card, in the words of the model.
pub const THANKS: &str = "TERIMA KASIH ATAS PENILAIAN YANG TELAH ANDA BERIKAN. MASUKAN ANDA SANGAT BERMANFAAT UNTUK KEMAJUAN UNIT KAMI AGAR TERUS MEMPERBAIKI DAN MENINGKATKAN KUALITAS PELAYANAN BAGI MASYARAKAT.";

/// Heading of the card, in the words of the model.
pub const HEADING: &str = "INDEKS KEPUASAN MASYARAKAT (IKM)";

/// Services named one by one up to this many; of more the first ones.
const NAMED: usize = 3;

/// The words of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Of a made-up office.
    pub banner: Option<&'static str>,
    /// In capitals.
    pub office: String,
    /// "PEMERINTAH PROVINSI ..."; empty where the province is not set.
    pub government: String,
    pub period: String,
    /// The index as printed; None: there is none.
    pub value: Option<String>,
    /// Why there is none, in capitals.
    pub absent: String,
    /// "B"; empty where the instrument has no verified bands.
    pub grade: String,
    /// "Baik".
    pub performance: String,
    /// "Seluruh layanan" or the one service.
    pub services: String,
    /// Names of services below it, where there are several.
    pub among: String,
    pub respondents: String,
    pub sex: Vec<(String, String)>,
    pub education: Vec<(String, String)>,
    /// Days of the survey.
    pub days: String,
    /// Said where the sample is too small.
    pub warning: String,
    /// "PermenPANRB Nomor 14 Tahun 2017".
    pub instrument: String,
}

impl Content {
    pub fn of(r: &IkmReport) -> Self {
        let v = View::new(r);
        let unit = v.whole("ikm.unit");
        let value = unit.filter(|f| f.value.is_some());
        let absent = unit.map_or("belum ada data", |f| f.printed.as_str());
        let grade = v.whole("ikm.grade").filter(|f| f.value.is_some());
        let grade = grade.map_or(String::new(), |f| f.printed.clone());
        let (services, among) = services(&v);
        Self {
            banner: r.office.synthetic.then_some(SYNTHETIC_BANNER),
            office: r.office.name.to_uppercase(),
            government: government(&r.office.province),
            period: v.period_name.to_uppercase(),
            value: value.map(|f| f.printed.clone()),
            absent: absent.to_uppercase(),
            performance: v.performance(&grade).to_owned(),
            grade,
            services,
            among,
            respondents: format!("{} orang", format::count(v.respondents())),
            sex: counts(&v, "sex"),
            education: counts(&v, "education"),
            days: v.days(),
            warning: warning(&v),
            instrument: v.instrument().title.clone(),
        }
    }

    /// "86,42, mutu B (Baik)".
    pub fn result(&self) -> String {
        match (&self.value, self.grade.as_str()) {
            (None, _) => self.absent.to_lowercase(),
            (Some(value), "") => value.clone(),
            (Some(value), grade) => format!("{value}, mutu {grade} ({})", self.performance),
        }
    }

    /// The card in one paragraph, for those who cannot see it.
    pub fn description(&self) -> String {
        let parts = |list: &[(String, String)]| {
            let each: Vec<String> = list.iter().map(|(k, n)| format!("{k} {n}")).collect();
            each.join(", ")
        };
        let mut words = format!(
            "{}. {}. Nilai IKM: {}. Layanan: {}. Jumlah responden: {}.",
            self.office,
            self.period,
            self.result(),
            self.services,
            self.respondents
        );
        for (name, list) in [
            ("Jenis kelamin", &self.sex),
            ("Pendidikan", &self.education),
        ] {
            if !list.is_empty() {
                words.push_str(&format!(" {name}: {}.", parts(list)));
            }
        }
        words.push_str(&format!(" Periode survei: {}.", self.days));
        if !self.warning.is_empty() {
            words.push_str(&format!(" {}.", self.warning));
        }
        words
    }
}

fn government(province: &str) -> String {
    let name = province.trim().to_uppercase();
    match name.is_empty() || name.starts_with("PEMERINTAH") {
        true => name,
        false => format!("PEMERINTAH {name}"),
    }
}

/// The services that were asked about: one by its name; of several, all of them and which.
fn services(v: &View) -> (String, String) {
    let asked = |code: &&String| v.n("ikm.respondents", &[("service", code)]) > 0;
    let all = &v.r.ikm.services;
    let mut names: Vec<&str> = all.iter().filter(asked).map(|c| v.service(c)).collect();
    if names.is_empty() {
        names = all.iter().map(|c| v.service(c)).collect();
    }
    let whole = "Seluruh layanan".to_owned();
    match names.as_slice() {
        [] => (whole, String::new()),
        [one] => ((*one).to_owned(), String::new()),
        names if names.len() <= NAMED + 1 => (whole, names.join("; ")),
        names => {
            let first = names.get(..NAMED).unwrap_or_default().join("; ");
            let others = format::count((names.len() - NAMED) as u64);
            (whole, format!("{first}; dan {others} layanan lain"))
        }
    }
}

/// Respondents by the values of a dimension; what nobody answered is left out.
fn counts(v: &View, dimension: &str) -> Vec<(String, String)> {
    let mut dimensions = v.r.ikm.dimensions.iter();
    let values = dimensions.find(|(name, _)| *name == dimension);
    let values = values.map_or(&[][..], |(_, values)| values.as_slice());
    let counted = values.iter().filter_map(|value| {
        let n = v.n("ikm.respondents", &[(dimension, value)]);
        let shown = n > 0 || value != UNRECORDED && dimension == "sex";
        shown.then(|| (words::value(dimension, value), format::count(n)))
    });
    counted.collect()
}

fn warning(v: &View) -> String {
    if v.respondents() == 0 || !v.too_few(&[]) {
        return String::new();
    }
    let needed = v.whole("ikm.sample.needed");
    needed.map_or(String::new(), |f| {
        format!("Jumlah responden belum memadai: diperlukan {}", f.printed)
    })
}
