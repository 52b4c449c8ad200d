//! Instruments in a workspace: what `init` writes, what `check` says of them, and mistakes on the way.

use tepat::standard::load::StandardFiles;

use crate::binary::Tepat;

/// A workspace with one case in its store.
fn workspace() -> Tepat {
    let tepat = Tepat::new();
    tepat.run(&["init", "k"]).exits(0);
    let cases = "case_id,service,received_at,requires_recommendation,outcome,closed_at\nA,KOM-03,2026-06-02 08:30,false,open,\n";
    let steps =
        "case_id,step,officer,started_at,completed_at\nA,6,P,2026-06-02 08:30,2026-06-02 08:40\n";
    for (kind, text) in [("cases", cases), ("steps", steps)] {
        let file = format!("{kind}.csv");
        std::fs::write(tepat.path(&file), text).unwrap();
        tepat
            .run(&["--workspace", "k", "import", kind, &file])
            .exits(0);
    }
    tepat
}

/// Puts lines behind what the settings hold.
fn add_settings(tepat: &Tepat, lines: &str) {
    let file = tepat.path("k/tepat.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(file, format!("{text}\n{lines}\n")).unwrap();
}

#[test]
fn init_writes_every_instrument_and_leaves_a_file_that_is_there_alone() {
    let tepat = Tepat::new();
    let own = tepat.path("k/standards/ikm/kep-25-2004.toml");
    std::fs::create_dir_all(own.parent().unwrap()).unwrap();
    std::fs::write(&own, "mine").unwrap();
    tepat.run(&["init", "k"]).exits(0);
    let shipped = StandardFiles::shipped();
    let mut instruments = 0;
    for (path, bytes) in shipped
        .iter()
        .filter(|(p, _)| p.starts_with("standards/ikm/"))
    {
        let written = std::fs::read(tepat.path("k").join(path)).unwrap();
        match path.ends_with("kep-25-2004.toml") {
            true => assert_eq!(written, b"mine"),
            false => assert_eq!(written, bytes, "{path}"),
        }
        instruments += 1;
    }
    assert_eq!(instruments, 4);
}

#[test]
fn check_lists_instruments_with_what_is_second_hand_or_not_verified() {
    let tepat = workspace();
    let text = tepat.run(&["--workspace", "k", "check"]).exits(0).stdout();
    for line in [
        "Instrument internal-contoh (office, O): 12 elements, from 2017-05-09\n",
        "Instrument kep-25-2004 (ministry, V): 14 elements, 2004-02-24 to 2014-05-01\n",
        "Instrument permenpanrb-14-2017 (ministry, V2): 9 elements, from 2017-05-09\n",
        "Instrument permenpanrb-16-2014 (ministry, V): 9 elements, 2014-05-02 to 2017-05-08\n  not verified: its bands; no grade is given\n  second-hand: Ambang mutu belum diverifikasi",
        "  second-hand: Kesembilan unsur, pertanyaan, dan kata-kata skala",
    ] {
        assert!(text.contains(line), "{line}\nis not in\n{text}");
    }
    let json = tepat
        .run(&["--workspace", "k", "check", "--json"])
        .exits(0)
        .stdout();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let of = |code: &str, key: &str| json["instruments"][code][key].clone();
    assert_eq!(of("permenpanrb-14-2017", "bands"), "V2");
    assert!(of("permenpanrb-16-2014", "bands").is_null());
    assert_eq!(of("kep-25-2004", "valid_to"), "2014-05-01");
    assert_eq!(
        of("kep-25-2004", "second_hand").as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn a_mistake_in_an_instrument_or_in_what_the_settings_name_stops_every_command_with_its_sentence() {
    let tepat = workspace();
    let file = tepat.path("k/standards/ikm/permenpanrb-14-2017.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("\"1/9\"", "\"0.11\"", 1)).unwrap();
    tepat
        .run(&["--workspace", "k", "check"])
        .exits(2)
        .complains(&[
            "standards/ikm/permenpanrb-14-2017.toml:",
            "sum to 899/900 (about 0.9989), but they must sum to 1 exactly",
        ]);
    std::fs::write(&file, text).unwrap();
    add_settings(
        &tepat,
        "[[ikm.survey]]\nperiod = \"2017-S1\"\ninstrument = \"permenpan\"",
    );
    tepat
        .run(&["--workspace", "k", "check"])
        .exits(2)
        .complains(&[
            "tepat.toml: [[ikm.survey]] of 2017-S1 names the instrument `permenpan`",
            "permenpanrb-14-2017",
        ]);
}
