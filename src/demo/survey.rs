//! The satisfaction survey of the synthetic office: some four in ten of those who were handed a permit fill in a form.
//!
//! In: the cases, the calendar, the plan. Out: forms of the contract, equal for equal plans. Invented all of it; what people write
//! names nobody. Who applied online answers more often than who came to the counter, who was served late is less content with the
//! time, and a few leave questions out.

use crate::clock::DayTable;
use crate::demo::permits::PERMITS;
use crate::demo::random::Random;
use crate::demo::remarks::{self, ABOUT, GENERAL};
use crate::demo::{DemoData, Plan, local_seconds, service_hours};
use crate::instant::{DAY_SECONDS, Day, date_of};
use crate::snapshot::kinds::Sharing;
use crate::snapshot::{CaseRow, Outcome, ResponseRow, Word};
use crate::standard::Calendar;

/// Sets this stream of chance apart from that of the cases.
const STREAM: u64 = 0x5112_7E75;

/// Answers of 1,000 who were handed something, by channel.
const ONLINE_PER_MILLE: i64 = 455;
const COUNTER_PER_MILLE: i64 = 300;
/// Forms of 1,000 that name the receipt number of their case.
const LINKED_PER_MILLE: i64 = 860;

/// An element: code, the usual answer in thousandths, how much it suffers when the case was late, and blanks of 1,000.
struct Asked(&'static str, i64, i64, i64);

const ASKED: [Asked; 9] = [
    Asked("PERSYARATAN", 3_320, 60, 12),
    Asked("PROSEDUR", 3_170, 160, 12),
    Asked("WAKTU", 3_260, 620, 10),
    Asked("BIAYA", 3_930, 0, 18),
    Asked("PRODUK", 3_360, 50, 15),
    Asked("KOMPETENSI", 3_340, 70, 12),
    Asked("PERILAKU", 3_420, 90, 12),
    Asked("PENGADUAN", 3_120, 150, 55),
    Asked("SARPRAS", 3_080, 40, 14),
];
const FEE: usize = 3;
const COMPLAINTS: usize = 7;
const PREMISES: usize = 8;

const EDUCATION: [(&str, i64); 7] = [
    ("SD", 2),
    ("SMP", 5),
    ("SMA", 31),
    ("D1-D3", 15),
    ("S1", 39),
    ("S2", 7),
    ("S3", 1),
];
const OCCUPATION: [(&str, i64); 6] = [
    ("PNS", 7),
    ("TNI", 1),
    ("POLRI", 1),
    ("SWASTA", 38),
    ("WIRAUSAHA", 41),
    ("Lainnya", 12),
];

/// The forms that were handed in before the extract, in the order of their numbers.
pub fn survey(calendar: &Calendar, plan: &Plan, data: &DemoData) -> Vec<ResponseRow> {
    let days = DayTable::working(calendar, &service_hours());
    let mut sharing = Sharing::default();
    let mut forms: Vec<(i64, ResponseRow)> = Vec::new();
    for (index, case) in data.cases.iter().enumerate() {
        let mut random = Random::new(plan.seed ^ STREAM, index as u64);
        let handed_over = case.closed_at.filter(|_| case.outcome == Outcome::Issued);
        let Some(closed) = handed_over.map(local_seconds) else {
            continue;
        };
        let per_mille = match is_online(case) {
            true => ONLINE_PER_MILLE,
            false => COUNTER_PER_MILLE,
        };
        let answered = closed + random.skewed(DAY_SECONDS / 2);
        if random.chance(per_mille) && answered < plan.extract() {
            let lateness = Lateness::of(case, closed, &days);
            let form = form(case, lateness, answered, &mut random, &mut sharing);
            forms.push((answered, form));
        }
    }
    forms.sort();
    let mut forms: Vec<ResponseRow> = forms.into_iter().map(|(_, form)| form).collect();
    for (number, form) in (1..).zip(&mut forms) {
        form.response_id = format!("SKM-{number:06}");
    }
    if plan.dirty {
        strangers(&mut forms);
    }
    forms
}

fn is_online(case: &CaseRow) -> bool {
    case.channel.as_deref() == Some("Daring")
}

/// Whether a case took longer than its limit, as its applicant would see it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lateness {
    InTime,
    Late,
}

impl Lateness {
    fn of(case: &CaseRow, closed: i64, days: &DayTable) -> Self {
        let permit = PERMITS.iter().find(|p| p.service == case.service);
        let took = case
            .received_at
            .map(|t| days.service_seconds_local(local_seconds(t), closed));
        match (permit, took) {
            (Some(permit), Some(took)) if took > permit.limit_seconds() => Lateness::Late,
            _ => Lateness::InTime,
        }
    }
}

fn form(
    case: &CaseRow,
    lateness: Lateness,
    answered: i64,
    random: &mut Random,
    sharing: &mut Sharing,
) -> ResponseRow {
    let answers = answers(case, lateness, random);
    let suggestion = suggestion(&answers, random);
    let words = &mut sharing.words;
    let hour = answered.rem_euclid(DAY_SECONDS) / 3_600;
    let word = |text: &str, words: &mut crate::snapshot::word::Words| Some(words.word(text));
    let sex = ["L", "P"][usize::from(random.chance(440))];
    let education = random.pick(&EDUCATION, |e| e.1).0;
    let occupation = random.pick(&OCCUPATION, |o| o.1).0;
    let mut unless = |blank: i64, value: Option<Word>| value.filter(|_| !random.chance(blank));
    ResponseRow {
        response_id: String::new(),
        answered_on: date_of(answered.div_euclid(DAY_SECONDS) as Day),
        service: words.word(&case.service),
        sex: unless(20, word(sex, words)),
        education: unless(45, word(education, words)),
        occupation: unless(60, word(occupation, words)),
        hour_band: word(if hour < 12 { "08-12" } else { "13-17" }, words),
        age: age(random),
        case_id: random
            .chance(LINKED_PER_MILLE)
            .then(|| case.case_id.clone()),
        answers: sharing
            .questionnaires
            .answers(ASKED.iter().map(|a| a.0).zip(answers)),
        suggestion,
    }
}

fn age(random: &mut Random) -> Option<i32> {
    let (young, old) = (random.between(19, 47), random.between(24, 66));
    let age = if random.chance(550) { young } else { old };
    (!random.chance(80)).then_some(age as i32)
}

/// One answer for each element: the usual one, moved by service, channel, lateness and temper.
fn answers(case: &CaseRow, lateness: Lateness, random: &mut Random) -> [Option<u8>; 9] {
    let of_service = match PERMITS.iter().position(|p| p.service == case.service) {
        Some(at) => [60, -150, 10, -210, 90, 30][at],
        None => 0,
    };
    let online = is_online(case);
    let temper = random.between(-420, 420);
    let mut given = [None; 9];
    for (at, (slot, Asked(_, usual, suffers, blank))) in given.iter_mut().zip(&ASKED).enumerate() {
        let of_channel = match (at, online) {
            (1, true) => 70,
            (6, false) => 60,
            (PREMISES, true) => 90,
            _ => 0,
        };
        let late = match lateness {
            Lateness::Late => *suffers,
            Lateness::InTime => 0,
        };
        let moved = match at {
            // Free of charge for all of them: hardly anybody says anything but free.
            FEE => random.between(-540, 300),
            _ => of_service + of_channel + temper + random.between(-720, 720) - late,
        };
        // Who applied online has often not seen the premises, and few have ever complained.
        let blank = match at {
            PREMISES if online => blank * 5,
            COMPLAINTS if online => blank * 2,
            _ => *blank,
        };
        let answer = (usual + moved + 500).div_euclid(1_000).clamp(1, 4) as u8;
        *slot = (!random.chance(blank)).then_some(answer);
    }
    given
}

/// What some write, mostly about what they liked least.
fn suggestion(answers: &[Option<u8>; 9], random: &mut Random) -> Option<String> {
    let lowest = answers.iter().flatten().min()?;
    let writes = if *lowest <= 2 { 150 } else { 45 };
    if !random.chance(writes) {
        return None;
    }
    let least = answers.iter().position(|a| a.as_ref() == Some(lowest));
    let about: &[&str] = match least {
        Some(at) if *lowest <= 2 => ABOUT[at],
        _ => GENERAL,
    };
    let chosen = random.below(about.len() as i64) as usize;
    about.get(chosen).map(|text| (*text).to_owned())
}

/// Receipt numbers that no case has, and a telephone number where none was asked for: every survey has some.
fn strangers(forms: &mut [ResponseRow]) {
    for (at, form) in forms.iter_mut().enumerate() {
        if at % 260 == 130 {
            form.case_id = Some(format!("BRK-2023-{:06}", 700 + at));
        }
        if at % 400 == 210 {
            form.suggestion = Some(remarks::WITH_NUMBER.to_owned());
        }
    }
}
