//! One mistake in an otherwise sound standard, and the whole sentence it must end in.

use super::{SOP, change, load};

/// The keys a standard may have, as the sentences list them.
const KEYS: &str = "`service`, `aliases`, `name`, `document`, `revision`, `created`, `revised`, `effective_from`, `effective_to`, `synthetic`, `legal_basis`, `product`, `pause`, `decides`, `hands_over`, `separate_duties`, `fee`, `total`, `clock`, `recommendation`, `pause_step`, `hours`, `step_hours`, `step`, `history`, `section`";

/// What is changed, into what, and the sentence without its file.
type Mistake<'a> = (&'a str, &'a str, &'a str);

fn expect(mistakes: &[Mistake]) {
    load(&[("uji.toml", SOP)]).expect("without a mistake the file is sound");
    for (from, to, sentence) in mistakes {
        let file = change(SOP, from, to);
        let error = load(&[("uji.toml", &file)]).expect_err(to);
        let sentence = sentence.replace("KEYS", KEYS);
        assert_eq!(
            error.to_string(),
            format!("standards/sop/uji.toml:{sentence}")
        );
    }
}

#[test]
fn a_key_or_value_of_the_wrong_form() {
    expect(&[
        (
            "name = \"Layanan uji\"",
            "nama = \"Layanan uji\"",
            "3: the key `nama` is not known here: correct its spelling or remove it; the keys allowed are KEYS",
        ),
        (
            "[fee]",
            "[fees]",
            "14: the key `fees` is not known here: correct its spelling or remove it; the keys allowed are KEYS",
        ),
        (
            "name = \"Layanan uji\"\n",
            "",
            "1: the key `name` is missing at the top of the file: add it",
        ),
        (
            "place = \"Bagian I\"\n",
            "",
            "18: the key `place` is missing in [total]: add it",
        ),
        (
            "name = \"Layanan uji\"",
            "name = \"Layanan uji\"\nname = \"Layanan lain\"",
            "4: the key `name` is given twice: keep one of the two",
        ),
        (
            "[hours]",
            "[total]\n[hours]",
            "35: the key `total` is given twice: keep one of the two",
        ),
        (
            "name = \"Layanan uji\"",
            "name = \" \"",
            "3: `name` is empty: write the text, or remove the key where it may be left out",
        ),
        (
            "stated = 5",
            "stated = \"lima\"",
            "19: the value of `stated` has the wrong form (invalid type: string \"lima\", expected a whole number, 0 or more): write it in the form expected",
        ),
        (
            "{ min = 5, max = 15 }",
            "{ min = -5, max = 15 }",
            "59: the value of `min` has the wrong form (invalid value: integer `-5`, expected a whole number, 0 or more): write it in the form expected",
        ),
        (
            "{ min = 5, max = 15 }",
            "{ min = 5, maks = 15 }",
            "59: the key `maks` is not known here: correct its spelling or remove it; the keys allowed are `min` or `max`",
        ),
        (
            "{ min = 5, max = 15 }",
            "{ min = 5 }",
            "59: the key `max` is missing in `minutes`: add it",
        ),
        (
            "{ min = 5, max = 15 }",
            "15",
            "59: the value of `minutes` has the wrong form (invalid type: integer `15`, expected a table): write it in the form expected",
        ),
        (
            "[\"Aturan uji\"]",
            "[\n  7,\n]",
            "8: the value of `legal_basis` has the wrong form (invalid type: integer `7`, expected a string): write it in the form expected",
        ),
        (
            "[\"Aturan uji\"]",
            "[]",
            "7: `legal_basis` is empty: write at least one law or decision the standard rests on",
        ),
        (
            "[\"UJI\"]",
            "[\"UJI\", \"UJI\"]",
            "2: `aliases` has \"UJI\" twice, or it is the service's own code: keep it once",
        ),
        (
            "[\"Aturan uji\"]",
            "[\"Aturan uji\"",
            "8: this is not valid TOML (missing comma between array elements, expected `,`): correct the line",
        ),
        (
            "effective_from = 2020-01-01",
            "effective_from = 2020-02-31",
            "6: `effective_from` is 2020-02-31, which is no date: write a day that exists as year-month-day, as in 2017-06-07",
        ),
        (
            "effective_from = 2020-01-01",
            "effective_from = \"31-12-2020\"",
            "6: `effective_from` is 31-12-2020, which is no date: write a day that exists as year-month-day, as in 2017-06-07",
        ),
        (
            "effective_from = 2020-01-01",
            "effective_from = 2013-12-31",
            "6: `effective_from` is 2013-12-31, which the calendar standards/calendar/nasional.toml, standards/calendar/nasional.csv does not cover (2014-01-01 to 2027-12-31): add the year to the calendar, as without_holidays where none are known, or correct the date",
        ),
        (
            "effective_from = 2020-01-01",
            "effective_from = 2020-01-01\neffective_to = 2019-12-31",
            "7: `effective_to` is 2019-12-31, before `effective_from` 2020-01-01: write the last day in force, or remove the key",
        ),
        (
            "synthetic = true",
            "synthetic = \"ya\"",
            "12: the value of `synthetic` has the wrong form (invalid type: string \"ya\", expected true or false): write it in the form expected",
        ),
        (
            "pause = \"exclude\"",
            "pause = \"stop\"",
            "9: `pause` is \"stop\", which is no word known here: write one of \"exclude\", \"include\", \"restart\"",
        ),
        (
            "[pause_step]",
            "[[section]]\nletter = \"A\"\ntitle = \"t\"\ntext = \"t\"\n[[section]]\nletter = \"A\"\ntitle = \"t\"\ntext = \"t\"\n[pause_step]",
            "36: `letter` is \"A\", which another section has already: give every section once",
        ),
    ]);
}

#[test]
fn a_reference_to_a_step_that_does_not_fit() {
    expect(&[
        (
            "[[2, 4]]",
            "[[2, 4, 5]]",
            "11: `separate_duties` has an entry of 3 steps: write pairs of steps as in [[12, 13], [7, 15]]",
        ),
        (
            "[[2, 4]]",
            "[2, 4]",
            "11: the value of `separate_duties` has the wrong form (invalid type: integer `2`, expected a list in [ ]): write it in the form expected",
        ),
        (
            "[[2, 4]]",
            "[[2, 44]]",
            "11: `separate_duties` names step 44, which this standard does not have: write one of its steps 1, 2, 3, 4, or add the step",
        ),
        (
            "[[2, 4]]",
            "[[2, 2]]",
            "11: `separate_duties` has the pair [2, 2], which names one step twice or stands in the list already: name two different steps, once",
        ),
        (
            "start = 1",
            "start = 9",
            "27: `start` names step 9, which this standard does not have: write one of its steps 1, 2, 3, 4, or add the step",
        ),
        (
            "start = 1",
            "start = \"loket\"",
            "27: `start` is \"loket\": write the number of the step whose completion starts the clock, or \"receipt\" where the case's receipt does",
        ),
        (
            "start = 1",
            "start = 4",
            "27: `start` names step 4, which is not on the clock it starts: write clock = \"registration\" in that step, or name another step",
        ),
        (
            "decides = 4",
            "decides = 5",
            "10: `decides` names step 5, which this standard does not have: write one of its steps 1, 2, 3, 4, or add the step",
        ),
        (
            "decides = 4",
            "decides = 4\nhands_over = 5",
            "11: `hands_over` names step 5, which this standard does not have: write one of its steps 1, 2, 3, 4, or add the step",
        ),
        (
            "decides = 4",
            "decides = 4\nhands_over = 3",
            "11: `hands_over` names step 3, which comes before step 4 that decides: name the step that gives the permit to the applicant, or remove the key",
        ),
        (
            "returned_by = 2",
            "returned_by = 7",
            "33: `returned_by` names step 7, which this standard does not have: write one of its steps 1, 2, 3, 4, or add the step",
        ),
        (
            "returned_by = 2",
            "returned_by = 3",
            "33: `returned_by` names step 3, the step that pauses: name the step whose completion returns the file to the applicant",
        ),
        (
            "step = 3",
            "step = 30",
            "32: `step` names step 30, which this standard does not have: write one of its steps 1, 2, 3, 4, or add the step",
        ),
        (
            "duty = \"optional\"",
            "duty = \"with_recommendation\"",
            "67: `duty` of step 3 is \"with_recommendation\", but the file has no [recommendation]: add that table, or write \"mandatory\" or \"optional\"",
        ),
        (
            "[pause_step]",
            "[recommendation]\nsent = 2\nhanded_over = 2\nreceived = 4\nwords = \"w\"\nplace = \"p\"\n[pause_step]",
            "32: `sent`, `handed_over` and `received` name steps 2, 2 and 4, but a recommendation is sent for, handed over and received in that order: name three steps in ascending order",
        ),
        (
            "[pause_step]",
            "[recommendation]\nsent = 2\nhanded_over = 12\nreceived = 4\nwords = \"w\"\nplace = \"p\"\n[pause_step]",
            "33: `handed_over` names step 12, which this standard does not have: write one of its steps 1, 2, 3, 4, or add the step",
        ),
        (
            "[pause_step]",
            "[[step_hours]]\nsteps = [4, 14]\nwords = \"w\"\nplace = \"p\"\nweek = { monday = \"08.00-16.00\" }\n[pause_step]",
            "32: `steps` names step 14, which this standard does not have: write one of its steps 1, 2, 3, 4, or add the step",
        ),
        (
            "[pause_step]",
            "[[step_hours]]\nsteps = [4, 4]\nwords = \"w\"\nplace = \"p\"\nweek = { monday = \"08.00-16.00\" }\n[pause_step]",
            "32: `steps` names step 4, which has hours of its own already: name it in one [[step_hours]] only",
        ),
    ]);
}

#[test]
fn limits_that_contradict_each_other() {
    expect(&[
        (
            "stated = 5",
            "stated = 0",
            "19: `stated` is 0, but a case has some time: write the document's own number, 1 or more",
        ),
        (
            "{ min = 5, max = 15 }",
            "{ min = 16, max = 15 }",
            "59: `min` is 16 minutes and `max` is 15: the minimum must not be above the maximum, so correct one of the two",
        ),
        (
            "{ min = 5, max = 15 }",
            "{ max = 0 }",
            "59: `max` is 0 minutes, which no step can keep: write the upper bound of the document, 1 or more",
        ),
        (
            "limit = 4\n",
            "limit = 3\n",
            "21: `limit` is 3, which contradicts `stated` = 5 working_days: write 4 (H is day 1) or 5 (H is day 0)",
        ),
        (
            "limit = 4\nreading = \"H adalah hari ke-1\"",
            "limit = 4",
            "21: `limit` is 4 where the document states 5, which is a reading: add `reading` with the sentence that explains it",
        ),
        (
            "unit = \"working_days\"\nlimit = 4",
            "unit = \"hari kerja\"\nlimit = 4",
            "20: `unit` is \"hari kerja\", which is no word known here: write one of \"working_days\", \"calendar_days\", \"elapsed_hours\"",
        ),
        (
            "unit = \"working_days\"\nlimit = 4",
            "unit = \"calendar_days\"\nlimit = 4",
            "21: `limit` is 4, which contradicts `stated` = 5 calendar_days: write 5",
        ),
        (
            "{ limit = 2, unit = \"working_days\" }",
            "{ limit = 5, unit = \"working_days\" }",
            "58: `limit` of step 2 is 5 working_days, but the whole case has 4 in [total]: a step cannot end after its case, so correct one of the two",
        ),
        (
            "clock = \"registration\"\nno_limit = \"not_stated\"",
            "clock = \"registration\"\nno_limit = \"not_stated\"\nwindow = { limit = 1, unit = \"working_days\" }",
            "69: step 3 has a `window` and also no_limit = \"not_stated\", which contradict each other: keep the one the document supports",
        ),
        (
            "clock = \"registration\"\nno_limit = \"not_stated\"",
            "clock = \"registration\"",
            "63: step 3 has neither `window` nor `no_limit`: write the limit as window = { limit = 2, unit = \"working_days\" }, or why there is none as no_limit = \"as_needed\", \"not_legible\" or \"not_stated\"",
        ),
        (
            "clock = \"registration\"\nno_limit = \"not_stated\"",
            "clock = \"registration\"\nno_limit = \"tidak ada\"",
            "69: `no_limit` is \"tidak ada\", which is no word known here: write one of \"as_needed\", \"not_legible\", \"not_stated\"",
        ),
        (
            "clock = \"registration\"\nno_limit = \"not_stated\"",
            "clock = \"registration\"\nno_limit = \"as_needed\"",
            "63: step 3 has no `waktu`, but a limit, and \"as_needed\" too, carries the words it was read from: write waktu = { words = \"...\", place = \"...\" }",
        ),
        (
            "clock = \"registration\"\nno_limit = \"not_stated\"",
            "no_limit = \"not_legible\"\nwaktu = { words = \"H\", place = \"L\" }",
            "69: step 3 cites words in `waktu`, but its `no_limit` says there are none: remove `waktu`, or write no_limit = \"as_needed\" or a `window`",
        ),
        (
            "clock = \"registration\"\nno_limit = \"not_stated\"",
            "waktu = { words = \"H\", place = \"L\" }\nwindow = { limit = 1, unit = \"working_days\" }",
            "69: step 3 has a `window` but no `clock`: write clock = \"registration\" or clock = \"main\", or replace the window by `no_limit`",
        ),
        (
            "number = 3",
            "number = 2",
            "63: `number` is 2, which the step of line 52 has already: give every step a number of its own",
        ),
        (
            "number = 3",
            "number = 0",
            "63: `number` is 0, but steps are numbered from 1: write the document's own number",
        ),
    ]);
}

#[test]
fn hours_that_cannot_be_kept() {
    expect(&[
        (
            "friday = \"08.00-11.00\"",
            "friday = \"11.00-08.00\"",
            "38: `friday` is \"11.00-08.00\", but \"11.00-08.00\" closes before it opens: write opening and closing times between 00.00 and 24.00 as in \"08.00-16.00\" or \"08.00-12.00, 13.00-16.00\"",
        ),
        (
            "friday = \"08.00-11.00\"",
            "friday = \"08.00-11.00, 10.30-12.00\"",
            "38: `friday` is \"08.00-11.00, 10.30-12.00\", but \"10.30-12.00\" begins before the range in front ends: write opening and closing times between 00.00 and 24.00 as in \"08.00-16.00\" or \"08.00-12.00, 13.00-16.00\"",
        ),
        (
            "friday = \"08.00-11.00\"",
            "friday = \"08:00-11:00\"",
            "38: `friday` is \"08:00-11:00\", but \"08:00-11:00\" is not a range of hours: write opening and closing times between 00.00 and 24.00 as in \"08.00-16.00\" or \"08.00-12.00, 13.00-16.00\"",
        ),
        (
            "friday = \"08.00-11.00\"",
            "friday = \"08.00-24.30\"",
            "38: `friday` is \"08.00-24.30\", but \"08.00-24.30\" is not a range of hours: write opening and closing times between 00.00 and 24.00 as in \"08.00-16.00\" or \"08.00-12.00, 13.00-16.00\"",
        ),
        (
            "friday = \"08.00-11.00\"",
            "jumat = \"08.00-11.00\"",
            "38: the key `jumat` is not known here: correct its spelling or remove it; the keys allowed are `monday`, `tuesday`, `wednesday`, `thursday`, `friday`, `saturday`, `sunday`",
        ),
        (
            "week = { monday = \"08.00-12.00, 13.00-16.00\", friday = \"08.00-11.00\" }",
            "week = {}",
            "38: `week` names no weekday, but an office without service hours has no working days: name the weekdays with service, as in monday = \"08.00-16.00\"",
        ),
    ]);
}
