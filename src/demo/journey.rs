//! One case on its way through the 18 steps of the procedure.
//!
//! In: when it arrived, its permit, its own stream of chance. Out: the case's row and its steps' rows, cut at the extract.
//! Times are drawn in service time of the real calendar, so that work happens while the office is open.

use crate::clock::DayTable;
use crate::demo::habits::Habits;
use crate::demo::permits::{self as roles, Officer, PERMITS, Permit, REGIONS, Role};
use crate::demo::random::Random;
use crate::demo::{season, utc_micros};
use crate::instant::{DAY_SECONDS, Day};
use crate::snapshot::{CaseRow, Outcome, StepRow};

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;

/// What all cases of the office share.
#[derive(Clone, Copy)]
pub(super) struct Office<'a> {
    pub days: &'a DayTable,
    /// When the data is taken, local seconds.
    pub extract: i64,
    pub habits: &'static Habits,
}

/// A case under way. A step that would happen after the extract ends the journey: every method that moves on in time
/// returns None then.
pub(super) struct Journey<'a> {
    days: &'a DayTable,
    /// When the data is taken, local seconds.
    extract: i64,
    habits: &'static Habits,
    random: Random,
    permit: &'static Permit,
    now: i64,
    case: CaseRow,
    steps: Vec<StepRow>,
}

/// The local second at which `left` service seconds after `from` have passed; with 0, the next open second.
fn after(days: &DayTable, from: i64, mut left: i64) -> i64 {
    let mut day = from.div_euclid(DAY_SECONDS) as Day;
    let mut second = from.rem_euclid(DAY_SECONDS);
    while days.covers(day) {
        for interval in days.intervals(day) {
            let begin = second.max(i64::from(interval.open));
            let room = i64::from(interval.close) - begin;
            if left < room {
                return i64::from(day) * DAY_SECONDS + begin + left;
            }
            left -= room.max(0);
        }
        day += 1;
        second = 0;
    }
    i64::from(day) * DAY_SECONDS
}

impl<'a> Journey<'a> {
    /// A case that arrives at the local second `arrival`.
    pub(super) fn new(
        office: Office<'a>,
        mut random: Random,
        arrival: i64,
        case_id: String,
    ) -> Self {
        let Office {
            days,
            extract,
            habits,
        } = office;
        let permit = random.pick(&PERMITS, |p| p.weight);
        let open = days.service_seconds_local(arrival, arrival + 1) > 0;
        let online = !open || random.chance(450);
        let case = CaseRow {
            applicant: Some(format!("Pemohon {}", &case_id[4..])),
            case_id,
            service: permit.service.to_owned(),
            received_at: Some(utc_micros(arrival)),
            requires_recommendation: random.chance(permit.recommended_per_mille),
            outcome: Outcome::Open,
            closed_at: None,
            region: Some(random.pick(&REGIONS, |r| r.1).0.to_owned()),
            channel: Some(if online { "Daring" } else { "Loket" }.to_owned()),
            due_on: None,
        };
        Self {
            days,
            extract,
            habits,
            random,
            permit,
            now: arrival,
            case,
            steps: Vec::with_capacity(14),
        }
    }

    /// Walks the case as far as it came by the extract.
    pub(super) fn walk(mut self) -> (CaseRow, Vec<StepRow>) {
        // None only says where the journey ended; what it left behind is complete.
        let _ended_early = self.route();
        (self.case, self.steps)
    }

    fn route(&mut self) -> Option<()> {
        self.front_desk()?;
        self.verification()?;
        if self.case.requires_recommendation {
            self.recommendation()?;
        }
        self.drafting()?;
        self.approval()?;
        self.handing_over()
    }

    /// Steps 2 to 6. A file that came online after hours is registered on the spot by one who works late, or next morning.
    fn front_desk(&mut self) -> Option<()> {
        let at_counter = self.case.channel.as_deref() == Some("Loket");
        let open = self.days.service_seconds_local(self.now, self.now + 1) > 0;
        if !open && self.random.chance(500) {
            let begin = self.now + self.random.between(MINUTE, 20 * MINUTE);
            let officer = roles::COUNTER.officer(&mut self.random);
            let end = begin + self.random.between(2 * MINUTE, 9 * MINUTE);
            return self.record(6, &officer.code, begin, end, None);
        }
        if at_counter && self.random.chance(600) {
            self.work(2, roles::CUSTOMER_SERVICE, 3 * MINUTE, 9 * MINUTE, None)?;
        }
        let queue = self.random.between(2 * MINUTE, 25 * MINUTE);
        self.now = after(self.days, self.now, queue);
        self.work(4, roles::CUSTOMER_SERVICE, 5 * MINUTE, 18 * MINUTE, None)?;
        if self.random.chance(self.habits.help_desk) {
            self.work(5, roles::CUSTOMER_SERVICE, 11 * MINUTE, 28 * MINUTE, None)?;
        }
        self.work(6, roles::COUNTER, 3 * MINUTE, 9 * MINUTE, None)
    }

    /// Steps 7 and 8: checked, and returned to the applicant where something is missing, sometimes twice.
    fn verification(&mut self) -> Option<()> {
        for returns_per_mille in self.habits.returned {
            self.wait(70)?;
            let returned = self.random.chance(*returns_per_mille);
            let result = if returned { "dikembalikan" } else { "lengkap" };
            self.work(7, roles::VERIFIER, 6 * MINUTE, 14 * MINUTE, Some(result))?;
            if !returned {
                break;
            }
            self.with_applicant()?;
        }
        if self.random.chance(22) {
            self.close(Outcome::Rejected);
            return None;
        }
        if self.random.chance(14) {
            self.now += self.random.between(DAY_SECONDS, 4 * DAY_SECONDS);
            self.close(Outcome::Withdrawn);
            return None;
        }
        Some(())
    }

    /// Step 8: the applicant takes days, holidays or not; a few never come back, and of those some withdraw.
    fn with_applicant(&mut self) -> Option<()> {
        let officer = roles::CUSTOMER_SERVICE.officer(&mut self.random);
        let begin = after(
            self.days,
            self.now,
            self.random.between(MINUTE, 40 * MINUTE),
        );
        if self.random.chance(60) {
            self.record(8, &officer.code, begin, i64::MAX, None);
            self.now = begin + self.random.between(20 * DAY_SECONDS, 90 * DAY_SECONDS);
            if self.random.chance(550) {
                self.close(Outcome::Withdrawn);
            }
            return None;
        }
        let back = begin + self.random.skewed(5 * DAY_SECONDS);
        let end = after(self.days, back, self.random.between(0, 2 * HOUR));
        self.record(8, &officer.code, begin, end, Some("dilengkapi"))?;
        if self.random.chance(80)
            && let Some(row) = self.steps.last_mut()
        {
            row.started_at = None;
        }
        Some(())
    }

    /// Steps 9 and 10: sent to the OPD, which answers in its own time; some of its files lie for good.
    fn recommendation(&mut self) -> Option<()> {
        self.wait(40)?;
        self.work(9, roles::LIAISON, 10 * MINUTE, 25 * MINUTE, None)?;
        let percent = season::agency_percent(self.now);
        let queue = self.random.skewed(14 * HOUR) * percent / 100;
        let begin = after(self.days, self.now, queue);
        let officer = roles::AGENCY.officer(&mut self.random);
        if self.random.chance(8 * percent / 100) {
            self.record(10, &officer.code, begin, i64::MAX, None);
            return None;
        }
        let refused = self.random.chance(25);
        let end = after(
            self.days,
            begin,
            self.random.skewed(22 * HOUR) * percent / 100,
        );
        let result = if refused {
            "ditolak"
        } else {
            "direkomendasikan"
        };
        self.record(10, &officer.code, begin, end, Some(result))?;
        if refused {
            self.wait(60)?;
            self.close(Outcome::Rejected);
            return None;
        }
        if self.random.chance(70) {
            let lying = self.random.between(25 * HOUR, 45 * HOUR);
            self.now = after(self.days, self.now, lying);
        }
        Some(())
    }

    /// Steps 11 to 13: drafted and checked twice; a faulty draft goes back.
    fn drafting(&mut self) -> Option<()> {
        // A recommendation is as a rule taken up the day it comes; one that lies about has been drawn already.
        let mut before_draft = if self.case.requires_recommendation {
            25
        } else {
            98
        };
        for faulty_per_mille in self.habits.faulty {
            self.wait(before_draft)?;
            before_draft = self.later(98);
            self.work(11, roles::DRAFTER, 25 * MINUTE, 70 * MINUTE, None)?;
            self.wait(self.later(98))?;
            if self.check(12, roles::SECTION_HEAD, *faulty_per_mille)? {
                continue;
            }
            self.wait(self.later(98) * season::division_head_percent(self.now) / 100)?;
            if !self.check(13, roles::DIVISION_HEAD, faulty_per_mille * 2 / 3)? {
                break;
            }
        }
        Some(())
    }

    /// The clock of a recommended case starts late, so more of its limit is left for the steps after it.
    fn later(&self, share: i64) -> i64 {
        if self.case.requires_recommendation {
            share * 5 / 4
        } else {
            share
        }
    }

    /// One check of the draft; whether it found a fault. Now and then a section head stands in for the head of division.
    fn check(&mut self, step: i32, role: Role, faulty_per_mille: i64) -> Option<bool> {
        let faulty = self.random.chance(faulty_per_mille);
        let stands_in = step == 13 && self.random.chance(60);
        let role = if stands_in { roles::SECTION_HEAD } else { role };
        let result = if faulty { "dikembalikan" } else { "disetujui" };
        self.work(step, role, 12 * MINUTE, 27 * MINUTE, Some(result))?;
        Some(faulty)
    }

    /// Steps 14 to 16: sometimes a joint meeting, the signature, the number. The signature may be refused: back to the
    /// applicant or back to the checks.
    fn approval(&mut self) -> Option<()> {
        if self.random.chance(self.habits.meeting) {
            self.wait(60)?;
            self.work(14, roles::FORUM, 40 * MINUTE, 95 * MINUTE, None)?;
        }
        self.wait(self.later(106))?;
        let refused = self.random.below(1_000);
        if refused < self.habits.refused {
            self.work(
                15,
                roles::OFFICE_HEAD,
                3 * MINUTE,
                10 * MINUTE,
                Some("dikembalikan"),
            )?;
            if refused < self.habits.refused_to_applicant {
                self.with_applicant()?;
            } else {
                self.wait(40)?;
                self.check(12, roles::SECTION_HEAD, 0)?;
                self.wait(40)?;
                self.check(13, roles::DIVISION_HEAD, 0)?;
            }
            self.wait(50)?;
        }
        self.work(
            15,
            roles::OFFICE_HEAD,
            3 * MINUTE,
            10 * MINUTE,
            Some("disetujui"),
        )?;
        self.wait(30)?;
        self.work(16, roles::REGISTRAR, 6 * MINUTE, 14 * MINUTE, None)?;
        self.close(Outcome::Issued);
        Some(())
    }

    /// Steps 17 and 18: handed over; the questionnaire is not always filled in.
    fn handing_over(&mut self) -> Option<()> {
        self.wait(120)?;
        self.work(17, roles::HAND_OVER, 3 * MINUTE, 12 * MINUTE, None)?;
        if self.random.chance(620) {
            let end = after(
                self.days,
                self.now,
                self.random.between(2 * MINUTE, 8 * MINUTE),
            );
            self.record(18, "Pemohon", self.now, end, None)?;
        }
        Some(())
    }

    /// Ends the case now, if that is not after the extract.
    fn close(&mut self, outcome: Outcome) {
        if self.now <= self.extract {
            self.case.outcome = outcome;
            self.case.closed_at = Some(utc_micros(self.now));
        }
    }

    /// Lets about `per_mille` of the permit's limit pass; rarely a file is forgotten for several times as long.
    fn wait(&mut self, per_mille: i64) -> Option<()> {
        let usual = self.permit.limit_seconds() * per_mille / 1_000 * self.habits.waiting / 100;
        let mut seconds = self.random.skewed(usual);
        if self.random.chance(6) {
            seconds = seconds * 7 + 30 * HOUR;
        }
        self.now = after(self.days, self.now, seconds);
        (self.now <= self.extract).then_some(())
    }

    /// A step done by one of `role`, who needs from `low` to `high` seconds as a rule.
    fn work(
        &mut self,
        step: i32,
        role: Role,
        low: i64,
        high: i64,
        result: Option<&str>,
    ) -> Option<()> {
        let Officer {
            code,
            waiting,
            minutes,
        } = role.officer(&mut self.random);
        let slower = self.permit.limit_seconds() * (waiting - 80) / 1_000 / 2;
        let begin = after(self.days, self.now, self.random.below(slower + 1));
        let seconds = self.random.between(low, high) * minutes / 100;
        let end = after(self.days, begin, seconds);
        self.record(step, &code, begin, end, result)
    }

    /// Writes an execution down as far as it is known at the extract. None where it was not over by then.
    fn record(
        &mut self,
        step: i32,
        officer: &str,
        begin: i64,
        end: i64,
        result: Option<&str>,
    ) -> Option<()> {
        if begin > self.extract {
            return None;
        }
        let over = end <= self.extract;
        self.steps.push(StepRow {
            case_id: self.case.case_id.clone(),
            step,
            started_at: Some(utc_micros(begin)),
            completed_at: over.then(|| utc_micros(end)),
            officer: Some(officer.to_owned()),
            result: result.filter(|_| over).map(str::to_owned),
        });
        self.now = end;
        over.then_some(())
    }
}
