//! Words of the follow-up, shared by page and workbook: what a finding says, and how its figure has moved since.
//!
//! In: proposals and followed-up findings of measure. Out: formal Indonesian. Nothing is claimed that the figure and its
//! interval do not carry; no number is made here, only placed.

use chrono::NaiveDate;

use crate::finding::Check;
use crate::format;
use crate::measure::Figure;
use crate::measure::performance::Measure;
use crate::measure::performance::follow_up::{FollowedUp, Movement, Proposal, Reason};
use crate::report::monthly::context::Context;
use crate::report::words::{Phrase, out_of};

/// `k=v;k=v` of a group, as a follow-up names it.
pub fn group_text(group: &crate::measure::Group) -> String {
    let pairs: Vec<String> = group.iter().map(|(k, v)| format!("{k}={v}")).collect();
    pairs.join(";")
}

/// `12 Pemeriksaan draft`: a step by number and title; a step of no standard by what is recorded.
pub fn step(c: &Context, step: &str) -> String {
    let stage =
        c.r.overview
            .stages
            .iter()
            .find(|s| s.step.to_string() == step);
    match stage {
        Some(stage) => format!("{step} {}", stage.title),
        None => step.to_owned(),
    }
}

/// A check of conformance in words.
pub fn check(code: &str) -> &'static str {
    if code == "any" {
        return "Salah satu dari keempatnya";
    }
    let known = Check::ALL.iter().find(|c| c.code() == code);
    known.map_or("Penyimpangan lain", |c| c.label())
}

/// The figure a proposal is about.
pub fn proposed<'a>(c: &Context<'a>, proposal: &Proposal) -> Option<&'a Figure> {
    let pairs: Vec<(&str, &str)> = proposal
        .group
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    c.figure(&proposal.indicator, &pairs)
}

/// What a proposal says, in one sentence.
pub fn finding<'a>(c: &Context<'a>, proposal: &Proposal) -> Phrase<'a> {
    let figure = proposed(c, proposal);
    match &proposal.reason {
        Reason::PromiseMissed => promise(figure).text("."),
        Reason::PromiseFell => fell(c, figure),
        Reason::LostDays { step: number } => Phrase::default()
            .figure(figure)
            .text(" dari ")
            .figure(c.whole("lost_days.total"))
            .text(format!(
                " hari keterlambatan terpakai pada langkah {}.",
                step(c, &number.to_string())
            )),
        Reason::StageSignal {
            step: number,
            month,
            signal,
        } => {
            let number = number.to_string();
            let then = c.at(*month, "stage.passage_median", &[("step", &number)]);
            Phrase::of(format!(
                "Waktu melalui langkah {} pada {}: median ",
                step(c, &number),
                format::period(*month)
            ))
            .figure(then)
            .text(format!(", {signal}."))
        }
        Reason::AgencySlowest { agency } => {
            Phrase::of(format!("Rekomendasi dari {agency} kembali dalam median "))
                .figure(figure)
                .text(" hari kerja, terlama di antara OPD.")
        }
        Reason::Deviation { check: code } => Phrase::of(format!("{}: ", check(code)))
            .figure(figure)
            .text(format!(" ({} berkas yang diputus).", out_of(figure))),
        Reason::RepeatedReturns => Phrase::default()
            .figure(figure)
            .text(" berkas yang diputus dikembalikan kepada pemohon lebih dari satu kali."),
        Reason::OfficerBeyond { officer } => beyond(c, proposal, officer),
    }
}

fn promise(figure: Option<&Figure>) -> Phrase<'_> {
    Phrase::of("Tepat waktu ")
        .figure(figure)
        .text(format!(" ({} berkas yang jatuh tempo)", out_of(figure)))
}

fn fell<'a>(c: &Context<'a>, figure: Option<&'a Figure>) -> Phrase<'a> {
    let versus = [("versus", "previous")];
    promise(figure)
        .text(format!("; terhadap {} sebelumnya ", c.noun))
        .figure(c.figure("on_time.due.change", &versus))
        .text(" (selang 95 % ")
        .figure(c.figure("on_time.due.change.low", &versus))
        .text(" sampai ")
        .figure(c.figure("on_time.due.change.high", &versus))
        .text("), lebih dari kebetulan.")
}

/// An officer beyond the funnel. A question, not a verdict: the sentence says so.
fn beyond<'a>(c: &Context<'a>, proposal: &Proposal, officer: &str) -> Phrase<'a> {
    let code = proposal.group.get("measure").map_or("", String::as_str);
    let measure = Measure::ALL.iter().find(|m| m.code() == code);
    let group = [("measure", code), ("officer", officer)];
    Phrase::of(format!(
        "Petugas {officer}, {}: ",
        measure.map_or(code.to_owned(), |m| m.label().to_lowercase())
    ))
    .figure(c.figure("personnel.observed", &group))
    .text(" terlampaui dari ")
    .figure(c.figure("personnel.compared", &group))
    .text(" pelaksanaan, diharapkan ")
    .figure(c.figure("personnel.expected", &group))
    .text(" menurut campuran pekerjaannya; di atas batas 99,8 %. Sebabnya perlu ditanyakan lebih dahulu.")
}

/// How the figure of a finding has moved since: direction, size, interval, and whether that is more than chance.
pub fn movement(f: &FollowedUp) -> String {
    match f.movement {
        Movement::Unknown => {
            "Tidak dapat dibandingkan: salah satu angkanya tidak ada atau ditahan".to_owned()
        }
        Movement::Share { points, low, high } => {
            let chance = match low > 0.0 || high < 0.0 {
                true => "lebih dari kebetulan",
                false => "belum dapat dibedakan dari kebetulan",
            };
            let bound = |v: f64| format::points(v).replace(" poin", "");
            format!(
                "{} (selang 95 % {} sampai {} poin); {chance}",
                moved(
                    points,
                    &format!("{} poin", format::decimal(points.abs(), 1))
                ),
                bound(low),
                bound(high)
            )
        }
        Movement::Value { difference } => {
            let size = size(f, difference.abs());
            format!(
                "{}; besarnya kebetulan tidak dapat dihitung untuk angka ini",
                moved(difference, &size)
            )
        }
    }
}

fn moved(difference: f64, size: &str) -> String {
    if difference > 0.0 {
        format!("naik {size}")
    } else if difference < 0.0 {
        format!("turun {size}")
    } else {
        "tetap".to_owned()
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

/// Where an agreed action stands on `today`: done, overdue, or under way.
pub fn state(f: &FollowedUp, today: NaiveDate) -> String {
    let row = &f.row;
    match (row.done_on, row.by_when) {
        (Some(done), Some(by)) if done > by => {
            format!(
                "Selesai, {} hari sesudah batas waktu",
                (done - by).num_days()
            )
        }
        (Some(_), _) => "Selesai".to_owned(),
        (None, _) if row.action.is_none() => "Belum ada tindakan yang dicatat".to_owned(),
        (None, Some(by)) if by < today => {
            format!("Belum selesai, lewat {} hari", (today - by).num_days())
        }
        (None, Some(_)) => "Belum selesai, masih dalam batas waktu".to_owned(),
        (None, None) => "Belum selesai, tanpa batas waktu".to_owned(),
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
                action: Some("Tindakan".into()),
                who: None,
                by_when: NaiveDate::from_ymd_opt(2026, 3, 31),
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
        for (points, low, high, words) in [
            (
                3.24,
                0.4,
                6.1,
                "naik 3,2 poin (selang 95 % +0,4 sampai +6,1 poin); lebih dari kebetulan",
            ),
            (
                -3.24,
                -6.1,
                -0.4,
                "turun 3,2 poin (selang 95 % −6,1 sampai −0,4 poin); lebih dari kebetulan",
            ),
            (
                3.24,
                -0.4,
                6.9,
                "naik 3,2 poin (selang 95 % −0,4 sampai +6,9 poin); belum dapat dibedakan dari kebetulan",
            ),
            (
                0.0,
                0.0,
                1.0,
                "tetap (selang 95 % 0,0 sampai +1,0 poin); belum dapat dibedakan dari kebetulan",
            ),
        ] {
            let f = followed("on_time.due", Movement::Share { points, low, high });
            assert_eq!(movement(&f), words);
        }
    }

    #[test]
    fn a_difference_is_said_in_the_unit_of_its_figure() {
        for (indicator, difference, words) in [
            ("agency.days_median", -2.0, "turun 2 hari"),
            ("stage.passage_median", 90.0, "naik 1 jam 30 menit"),
            ("personnel.ratio", 0.254, "naik 0,25"),
            ("returns.repeated", 1200.0, "naik 1.200"),
            ("returns.repeated", 0.0, "tetap"),
        ] {
            let said = movement(&followed(indicator, Movement::Value { difference }));
            let rest = "; besarnya kebetulan tidak dapat dihitung untuk angka ini";
            assert_eq!(said, format!("{words}{rest}"));
        }
    }

    #[test]
    fn what_was_agreed_is_done_late_overdue_or_under_way() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        let open = followed("a", Movement::Unknown);
        assert_eq!(
            state(&open, day(3, 31)),
            "Belum selesai, masih dalam batas waktu"
        );
        assert_eq!(state(&open, day(4, 2)), "Belum selesai, lewat 2 hari");
        let mut done = open.clone();
        done.row.done_on = Some(day(4, 1));
        assert_eq!(
            state(&done, day(6, 1)),
            "Selesai, 1 hari sesudah batas waktu"
        );
        done.row.done_on = Some(day(3, 31));
        assert_eq!(state(&done, day(6, 1)), "Selesai");
        let mut nothing = open;
        nothing.row.action = None;
        assert_eq!(
            state(&nothing, day(6, 1)),
            "Belum ada tindakan yang dicatat"
        );
    }
}
