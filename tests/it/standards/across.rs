//! What several standards must agree on, and how revisions stand side by side.

use super::{SOP, change, load};

fn revision(number: &str, from: &str) -> String {
    let file = change(
        SOP,
        "revision = \"01\"",
        &format!("revision = \"{number}\""),
    );
    change(&file, "effective_from = 2020-01-01", from)
}

#[test]
fn revisions_follow_each_other_by_date() {
    let later = revision("02", "effective_from = 2021-07-01");
    let library = load(&[("a.toml", &later), ("b.toml", SOP)]).expect("sound");
    let numbers = |service: &str| -> Vec<String> {
        let revisions = library.revisions(service).expect("known");
        revisions.iter().map(|r| r.revision.clone()).collect()
    };
    assert_eq!(numbers("UJI-01"), ["01", "02"]);
    assert_eq!(numbers("UJI"), ["01", "02"]);
    assert!(library.revisions("UJI-02").is_none());
}

#[test]
fn one_revision_may_end_the_day_before_the_next() {
    let first = revision(
        "01",
        "effective_from = 2020-01-01\neffective_to = 2021-06-30",
    );
    let second = revision("02", "effective_from = 2021-07-01");
    load(&[("a.toml", &first), ("b.toml", &second)]).expect("sound");

    let first = revision(
        "01",
        "effective_from = 2020-01-01\neffective_to = 2021-07-01",
    );
    let error = load(&[("a.toml", &first), ("b.toml", &second)]).expect_err("overlap");
    assert_eq!(
        error.to_string(),
        "standards/sop/b.toml:6: `effective_from` is 2021-07-01, but revision 01 of UJI-01 in standards/sop/a.toml is still in force on that day (to 2021-07-01): correct one of the dates so that only one revision is in force"
    );
}

#[test]
fn two_revisions_must_not_begin_on_one_day() {
    let second = revision("02", "effective_from = 2020-01-01");
    let error = load(&[("a.toml", SOP), ("b.toml", &second)]).expect_err("same day");
    assert_eq!(
        error.to_string(),
        "standards/sop/b.toml:6: `effective_from` is 2020-01-01, but revision 01 of UJI-01 in standards/sop/a.toml is still in force on that day (to 2020-01-01): correct one of the dates so that only one revision is in force"
    );
}

#[test]
fn two_files_must_not_hold_one_revision() {
    let error = load(&[("a.toml", SOP), ("b.toml", SOP)]).expect_err("twice");
    assert_eq!(
        error.to_string(),
        "standards/sop/b.toml:5: `revision` is \"01\", but standards/sop/a.toml holds that revision of UJI-01 already: give the revision its own number or remove one of the files"
    );
}

#[test]
fn an_alias_belongs_to_one_service() {
    let other = change(SOP, "service = \"UJI-01\"", "service = \"UJI-02\"");
    let error = load(&[("a.toml", SOP), ("b.toml", &other)]).expect_err("alias clash");
    assert_eq!(
        error.to_string(),
        "standards/sop/b.toml:2: the alias \"UJI\" belongs to the service UJI-01 in standards/sop/a.toml: remove it from one of the two"
    );

    let named = change(SOP, "service = \"UJI-01\"", "service = \"UJI-02\"");
    let named = change(&named, "aliases = [\"UJI\"]", "aliases = [\"UJI-01\"]");
    let error = load(&[("a.toml", SOP), ("b.toml", &named)]).expect_err("another's code");
    assert_eq!(
        error.to_string(),
        "standards/sop/b.toml:2: the alias \"UJI-01\" belongs to the service UJI-01 in standards/sop/a.toml: remove it from one of the two"
    );
}

#[test]
fn standards_with_equal_hours_share_one_day_table() {
    let other = change(SOP, "service = \"UJI-01\"", "service = \"UJI-02\"");
    let other = change(&other, "aliases = [\"UJI\"]\n", "");
    let library = load(&[("a.toml", SOP), ("b.toml", &other)]).expect("sound");
    let days = |service: &str| &library.services[service][0].days;
    assert!(std::sync::Arc::ptr_eq(days("UJI-01"), days("UJI-02")));
}
