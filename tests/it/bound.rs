//! How far back records are read changes no figure of the review, only which findings on old cases are told.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::binary::Tepat;

/// The review's figures with this look-back, but for those on findings, and the number of cases in its snapshot.
fn figures(office: &Tepat, look_back_days: u32) -> (BTreeMap<String, Value>, u64) {
    let settings = office.path("kantor/tepat.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let without = text.split("\n[source]").next().unwrap();
    fs::write(
        &settings,
        format!("{without}\n[source]\nlook_back_days = {look_back_days}\n"),
    )
    .unwrap();
    let run = "--workspace kantor run --report monthly --period 2026-06 --as-of 2026-07-01 --json";
    let ran = office.run(&run.split(' ').collect::<Vec<_>>()).exits(0);
    let said: Value = serde_json::from_str(&ran.stdout()).unwrap();
    let folder = office.path(said["folder"].as_str().unwrap());
    let json = |name: &str| -> Value {
        serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap()
    };
    let all = json("figures.json");
    let counted = all.as_array().unwrap().iter().filter(|f| {
        let indicator = f["indicator"].as_str().unwrap();
        !indicator.starts_with("findings")
    });
    let by_name = counted.map(|f| {
        let name = format!("{} {} {}", f["indicator"], f["period"], f["group"]);
        (name, f.clone())
    });
    let cases = json("manifest.json")["inputs"]["snapshot"]["cases"].as_u64();
    (by_name.collect(), cases.unwrap())
}

#[test]
fn how_far_back_is_read_changes_no_figure() {
    let office = Tepat::new();
    let make = "demo kantor --no-run --cases-per-month 40 --months 30";
    office.run(&make.split(' ').collect::<Vec<_>>()).exits(0);
    for kind in ["cases", "steps"] {
        let file = format!("kantor/data/{kind}.csv");
        office
            .run(&["--workspace", "kantor", "import", kind, &file])
            .exits(0);
    }
    let (near, few) = figures(&office, 0);
    let (far, all) = figures(&office, 3_660);
    assert!(few < all, "{few} of {all} cases: the bound leaves some out");
    assert!(near.len() > 100, "{}", near.len());
    for (name, figure) in &far {
        assert_eq!(near.get(name), Some(figure), "{name}");
    }
    assert_eq!(near.len(), far.len());
}
