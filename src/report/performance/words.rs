//! Words of the performance report that page and workbook share: findings to follow up, and how a figure moved.
//!
//! In: typed rows of measure. Out: formal Indonesian. A change is called more than chance only where its interval says so.

use crate::format;
use crate::measure::performance::follow_up::{FollowedUp, Movement, Proposal, Reason};
use crate::measure::performance::{FunnelPoint, Position, least_executions};
use crate::report::charts::funnel;
use crate::report::monthly::context::Context;

/// Code of a reading of the sensitivity table in words.
pub fn reading(rule: &str, joint_leave_works: bool) -> &'static str {
    match rule {
        "own" => "Menurut standar masing-masing (angka utama)",
        "exclude" => "Hari di pemohon tidak dihitung",
        "include" => "Semua hari kerja dihitung",
        "restart" => "Hitungan dimulai lagi setelah berkas kembali",
        "joint_leave" if joint_leave_works => "Cuti bersama bukan hari kerja",
        "joint_leave" => "Cuti bersama dihitung sebagai hari kerja",
        _ => "Tanpa berkas yang memiliki temuan data",
    }
}

/// Code of a class of ageing in words.
pub fn age(code: &str) -> &'static str {
    match code {
        "not_started" => "Hitungan belum berjalan",
        "within" => "Belum lewat batas",
        "1-5" => "Lewat 1–5 hari",
        "6-10" => "Lewat 6–10 hari",
        "11-20" => "Lewat 11–20 hari",
        _ => "Lewat lebih dari 20 hari",
    }
}

/// Code of a check of conformance in words.
pub fn check(code: &str) -> &'static str {
    match code {
        "mandatory_step_missing" => "Langkah wajib tidak tercatat",
        "out_of_order" => "Langkah mendahului langkah wajib sebelumnya",
        "duties_joined" => "Tugas yang harus terpisah dikerjakan satu petugas",
        "returned_twice" => "Dikembalikan kepada pemohon lebih dari satu kali",
        _ => "Salah satu dari yang di atas",
    }
}

/// What a position in the funnel means, without a verdict on the person.
pub fn position(position: Position) -> &'static str {
    match position {
        Position::Inside => "Tidak berbeda dari yang diharapkan untuk pekerjaan yang sama",
        Position::Above95 => {
            "Lebih banyak daripada yang diharapkan; masih dapat terjadi karena kebetulan"
        }
        Position::Below95 => {
            "Lebih sedikit daripada yang diharapkan; masih dapat terjadi karena kebetulan"
        }
        Position::Above998 => {
            "Lebih banyak daripada yang dapat dijelaskan oleh kebetulan; perlu penjelasan"
        }
        Position::Below998 => {
            "Lebih sedikit daripada yang dapat dijelaskan oleh kebetulan; layak dipelajari"
        }
        Position::NoComparison => "Tidak dapat dibandingkan",
    }
}

/// [`position`], or why there is none in an office with this least n.
pub fn standing(point: &FunnelPoint, least_n: u64) -> String {
    let least = least_executions(least_n);
    let words = match point.position {
        Position::NoComparison if point.n == 0 && point.alone == 0 => {
            "Tanpa pekerjaan yang dapat dinilai"
        }
        Position::NoComparison if point.n == 0 => {
            "Tidak ada petugas lain yang mengerjakan hal yang sama"
        }
        Position::NoComparison if point.n < least => {
            return format!(
                "Kurang dari {} pelaksanaan yang dapat diperbandingkan",
                format::count(least)
            );
        }
        Position::NoComparison => {
            "Pada pekerjaan ini semua petugas sama, sehingga tidak ada yang dapat diperbandingkan"
        }
        other => position(other),
    };
    words.to_owned()
}

/// An officer's place in the funnel, as the chart draws it. The point must have been compared.
pub fn funnel_point(point: &FunnelPoint) -> funnel::FunnelPoint {
    let ratio = |count: u64| match point.expected > 0.0 {
        true => count as f64 / point.expected,
        false => 0.0,
    };
    funnel::FunnelPoint {
        label: point.officer.clone(),
        detail: format!(
            "terjadi {}, diharapkan {}, rasio {}",
            format::count(point.observed),
            format::decimal(point.expected, 1),
            point
                .ratio
                .map_or(format::NONE.to_owned(), |r| format::decimal(r, 2))
        ),
        x: point.expected,
        y: ratio(point.observed),
        low95: ratio(point.lower95),
        high95: ratio(point.upper95),
        low998: ratio(point.lower998),
        high998: ratio(point.upper998),
        position: match point.position {
            Position::Inside | Position::NoComparison => funnel::Position::Inside,
            Position::Above95 | Position::Below95 => funnel::Position::Beyond95,
            Position::Above998 | Position::Below998 => funnel::Position::Beyond998,
        },
        highlight: false,
    }
}

/// "12. Pemeriksaan draft".
pub fn step(c: &Context, step: i32) -> String {
    let stage = c.r.overview.stages.iter().find(|s| s.step == step);
    stage.map_or_else(|| step.to_string(), |s| format!("{}. {}", s.step, s.title))
}

/// A finding proposed for follow-up, as a sentence.
pub fn finding(c: &Context, proposal: &Proposal) -> String {
    match &proposal.reason {
        Reason::PromiseMissed => {
            "Sebagian berkas yang jatuh tempo tidak diselesaikan dalam batas waktunya.".to_owned()
        }
        Reason::PromiseFell => {
            "Ketepatan waktu turun dari semester sebelumnya, lebih daripada yang dapat dijelaskan oleh kebetulan."
                .to_owned()
        }
        Reason::LostDays { step: number } => format!(
            "Langkah {} termasuk yang paling banyak memakai hari pada berkas yang diputus terlambat.",
            step(c, *number)
        ),
        Reason::StageSignal {
            step: number,
            month,
            signal,
        } => format!(
            "Waktu melalui langkah {} memberi sinyal pada {}: {signal}.",
            step(c, *number),
            format::period(*month)
        ),
        Reason::AgencySlowest { agency } => {
            format!("Rekomendasi dari {agency} paling lama diterima kembali.")
        }
        Reason::Deviation { check: code } => format!("{} pada sebagian berkas.", check(code)),
        Reason::RepeatedReturns => {
            "Ada berkas yang dikembalikan kepada pemohon lebih dari satu kali.".to_owned()
        }
        Reason::OfficerBeyond { officer } => format!(
            "Pelaksanaan di luar standar pada {officer} lebih banyak daripada yang dapat dijelaskan oleh kebetulan dan oleh campuran langkah, layanan dan bulan; mintakan penjelasan lebih dahulu."
        ),
    }
}

/// How a figure moved since it was followed up.
pub fn movement(row: &FollowedUp) -> String {
    match row.movement {
        Movement::Share { points, low, high } => {
            let interval = format!(
                "{} (selang 95 %: {} sampai {})",
                format::points(points),
                format::points(low),
                format::points(high)
            );
            match low > 0.0 || high < 0.0 {
                true => format!("{interval}; lebih dari kebetulan"),
                false => format!("{interval}; belum dapat dibedakan dari kebetulan"),
            }
        }
        Movement::Value { difference } => {
            let size = size(row, difference.abs());
            match difference {
                d if d > 0.0 => format!("bertambah {size}"),
                d if d < 0.0 => format!("berkurang {size}"),
                _ => "tetap".to_owned(),
            }
        }
        Movement::Unknown => "belum dapat dibandingkan".to_owned(),
    }
}

/// A difference in the unit of the figure.
fn size(f: &FollowedUp, difference: f64) -> String {
    let indicator = f.row.indicator.as_str();
    let is = |ends: &[&str]| ends.iter().any(|end| indicator.ends_with(end));
    let share = f.now.as_ref().is_some_and(|now| now.denominator.is_some());
    if share {
        format!("{} poin", format::decimal(difference, 1))
    } else if is(&[
        "passage_median",
        "wait_median",
        "minutes_median",
        "minutes_p95",
    ]) {
        format::duration((difference * 60.0).round() as i64)
    } else if is(&["days_median", "days_p90", "days_p95", "open_oldest"])
        || indicator.starts_with("working_days")
        || indicator.starts_with("calendar_days")
    {
        format!("{} hari", format::decimal(difference, 0))
    } else if is(&[".ratio"]) {
        format::decimal(difference, 2)
    } else if is(&["expected", ".days", "_hours"]) {
        format::decimal(difference, 1)
    } else {
        format::decimal(difference, 0)
    }
}

/// Whether what was agreed was done, as the office says.
pub fn state(row: &FollowedUp, as_of: chrono::NaiveDate) -> String {
    let r = &row.row;
    match (r.done_on, r.by_when) {
        (Some(done), _) => format!("Selesai {}", format::date_short(done)),
        (None, _) if r.action.is_none() => "Belum ditindaklanjuti".to_owned(),
        (None, Some(by)) if by < as_of => {
            format!("Lewat batas {}", format::date_short(by))
        }
        (None, Some(by)) => format!("Berjalan, batas {}", format::date_short(by)),
        (None, None) => "Berjalan, tanpa batas waktu".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::FollowupRow;

    fn followed(indicator: &str, movement: Movement) -> FollowedUp {
        FollowedUp {
            row: FollowupRow {
                followup_id: "2025-S2-01".into(),
                period: "2025-S2".into(),
                indicator: indicator.into(),
                group: String::new(),
                finding: "Temuan".into(),
                cause: None,
                action: None,
                who: None,
                by_when: None,
                done_on: None,
                note: None,
            },
            then: None,
            now: None,
            movement,
        }
    }

    #[test]
    fn a_movement_is_more_than_chance_only_where_its_interval_leaves_zero_out() {
        let unsure = "belum dapat dibedakan dari kebetulan";
        for (low, high, words) in [
            (0.4, 6.1, "lebih dari kebetulan"),
            (-6.1, -0.4, "lebih dari kebetulan"),
            (-0.4, 6.9, unsure),
            (0.0, 1.0, unsure),
        ] {
            let points = (low + high) / 2.0;
            let said = movement(&followed(
                "on_time.due",
                Movement::Share { points, low, high },
            ));
            assert!(said.ends_with(&format!("; {words}")), "{said}");
        }
    }

    #[test]
    fn a_difference_is_said_in_the_unit_of_its_figure() {
        for (indicator, difference, words) in [
            ("agency.days_median", -2.0, "berkurang 2 hari"),
            ("stage.passage_median", 90.0, "bertambah 1 jam 30 menit"),
            ("personnel.ratio", 0.254, "bertambah 0,25"),
            ("returns.repeated", 1200.0, "bertambah 1.200"),
            ("returns.repeated", 0.0, "tetap"),
        ] {
            let said = movement(&followed(indicator, Movement::Value { difference }));
            assert_eq!(said, words);
        }
    }
}
