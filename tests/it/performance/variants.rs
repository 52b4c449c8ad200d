use tepat::snapshot::Outcome;

use super::{measured, registered};
use crate::support::Case;

fn issued(case: Case, at: &str) -> Case {
    case.step(16, at, at).ends(Outcome::Issued, at)
}

#[test]
fn a_path_is_the_steps_in_the_order_of_their_begin() {
    let short = |id: &str, at: &str| {
        issued(
            registered(id).step(7, "2026-06-02 10:00", "2026-06-02 10:10"),
            at,
        )
    };
    // 11 has no start and is placed by its completion; 12 has no instant and is on no path.
    let long = registered("c")
        .step(7, "2026-06-03 10:00", "2026-06-03 10:10")
        .step(7, "2026-06-04 10:00", "2026-06-04 10:10")
        .step(11, "", "2026-06-03 09:00")
        .step(12, "", "");
    let m = measured(&[
        short("a", "2026-06-03 10:10"),
        short("b", "2026-06-05 10:10"),
        issued(long, "2026-06-09 10:00"),
        registered("open"),
    ]);
    let variants: Vec<_> = m
        .rows
        .paths
        .variants
        .iter()
        .map(|v| (v.path.as_str(), v.cases))
        .collect();
    assert_eq!(variants, [("6-7-16", 2), ("6-11-7-7-16", 1)]);
    let group = [("variant", "6-7-16")];
    assert_eq!(m.share("variant.share", &group), (2, 3));
    // Two and four working days, H as the first: the lower of the two.
    assert_eq!(m.printed("variant.days_median", &group), (2, "2"));
    assert_eq!(m.count("variant.others", &[]), 0);

    let edge = |from: &str, to: &str| m.count("map.edge", &[("from", from), ("to", to)]);
    assert_eq!(edge("mulai", "6"), 3);
    assert_eq!(edge("6", "7"), 2);
    assert_eq!(edge("7", "7"), 1);
    assert_eq!(edge("16", "selesai"), 3);
    assert_eq!(
        m.printed("map.edge_wait_median", &[("from", "6"), ("to", "7")]),
        (2, "1 jam")
    );
    assert_eq!(m.count("map.node", &[("step", "7")]), 3);
    assert_eq!(m.count("map.node_executions", &[("step", "7")]), 4);
    assert_eq!(m.count("map.node", &[("step", "13")]), 0);
}

#[test]
fn the_map_knows_the_standards_own_sequence() {
    let case = issued(
        registered("a").step(7, "2026-06-02 10:00", "2026-06-02 10:10"),
        "2026-06-03 10:10",
    );
    let map = measured(&[case]).rows.paths.map;
    let usual = [
        (None, Some(6)),
        (Some(6), Some(7)),
        (Some(7), Some(9)),
        (Some(7), Some(11)),
        (Some(9), Some(10)),
        (Some(10), Some(11)),
        (Some(11), Some(12)),
        (Some(12), Some(13)),
        (Some(13), Some(15)),
        (Some(15), Some(16)),
        (Some(16), None),
    ];
    assert_eq!(map.usual, usual);
    let taken: Vec<_> = map.edges.iter().map(|e| (e.from, e.to, e.usual)).collect();
    assert_eq!(
        taken,
        [
            (None, Some(6), true),
            (Some(6), Some(7), true),
            (Some(7), Some(16), false),
            (Some(16), None, true),
        ]
    );
    let node = map.nodes.iter().find(|n| n.step == 9).unwrap();
    assert!(node.mandatory && node.cases == 0 && node.title == "Langkah 9");
}

#[test]
fn past_the_twelve_most_frequent_paths_are_only_counted() {
    // Path n has step 7 n times; path 1 is taken twice.
    let case = |id: String, times: usize| {
        let steps = (0..times).fold(registered(&id), |case, n| {
            let at = format!("2026-06-03 10:{n:02}");
            case.step(7, &at, &at)
        });
        issued(steps, "2026-06-05 10:10")
    };
    let mut cases: Vec<Case> = (1..=14).map(|n| case(format!("c{n}"), n)).collect();
    cases.push(case("again".to_owned(), 1));
    let m = measured(&cases);
    assert_eq!(m.rows.paths.variants.len(), 12);
    assert_eq!(m.rows.paths.variants.first().unwrap().cases, 2);
    assert_eq!(m.count("variant.others", &[]), 2);
    assert_eq!(m.count("variant.others_cases", &[]), 2);
}
