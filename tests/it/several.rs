//! Several sources in one workspace: each kind of rows where it stands.

use std::fs;

use serde_json::Value;

use super::binary::Tepat;

/// An office whose cases and steps stand in a database, its survey in a file and its staff in the store.
fn office() -> Tepat {
    let office = Tepat::new();
    office.run(&["init", "k"]).exits(0);
    let conn = rusqlite::Connection::open(office.path("k/kantor.db")).unwrap();
    conn.execute_batch(
        "CREATE TABLE cases (case_id, service, received_at, requires_recommendation, outcome, closed_at, applicant, region, channel, due_on);
         INSERT INTO cases VALUES ('B-1', 'KOM-03', '2026-06-01 08:00', 0, 'open', NULL, NULL, NULL, NULL, NULL);
         CREATE TABLE steps (case_id, step, started_at, completed_at, officer, result);
         INSERT INTO steps VALUES ('B-1', 6, '2026-06-01 08:00', '2026-06-01 08:05', 'P-1', NULL)",
    )
    .unwrap();
    let settings = office.path("k/tepat.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let sources = "[source]\nurl = \"sqlite:kantor.db\"\n[source.responses]\nfile = \"survei.csv\"\nmapping = \"survei.toml\"\n\
                   [source.staff]\nstore = true\n";
    fs::write(
        &settings,
        text.replace("[source]\n", sources)
            .replace("\nlook_back_days", "\n# look_back_days"),
    )
    .unwrap();
    fs::write(
        office.path("k/survei.csv"),
        "nomor;tanggal;waktu;nama\nR-1;02/06/2026;4;Seseorang\nR-2;03/06/2026;7;Seseorang\n",
    )
    .unwrap();
    fs::write(
        office.path("k/survei.toml"),
        "[responses]\nresponse_id = \"nomor\"\nanswered_on = { column = \"tanggal\", format = \"%d/%m/%Y\" }\n\
         service = { value = \"KOM-03\" }\n[answers]\nWAKTU = \"waktu\"\n",
    )
    .unwrap();
    fs::write(
        office.path("k/staf.csv"),
        "officer,name,unit,role,from\nP-1,Contoh,Loket,Pendaftaran,2026-01-01\n",
    )
    .unwrap();
    office
        .run(&["--workspace", "k", "import", "staff", "k/staf.csv"])
        .exits(0);
    office
}

#[test]
fn each_kind_is_read_where_it_stands() {
    let office = office();
    let ran = office
        .run(&["--workspace", "k", "check", "--json"])
        .exits(0);
    let said: Value = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!((&said["cases"], &said["steps"]), (&1.into(), &1.into()));
    let further = &said["further"];
    assert_eq!(
        (&further["responses"], &further["staff"]),
        (&2.into(), &1.into())
    );
    assert_eq!(
        further["complaints"],
        Value::Null,
        "no source is set up for them"
    );
    let listed = office
        .run(&["--workspace", "k", "check", "--findings"])
        .exits(0)
        .stdout();
    assert!(listed.contains("bukan jawaban 1, 2, 3, atau 4"), "{listed}");
    assert!(
        !listed.contains("Seseorang"),
        "names are not read: {listed}"
    );
}

#[test]
fn the_manifest_names_every_query_and_mapping_it_was_read_through() {
    let office = office();
    let run = "--workspace k run --report monthly --period 2026-06 --as-of 2026-07-01 --json";
    let ran = office.run(&run.split(' ').collect::<Vec<_>>()).exits(0);
    let said: Value = serde_json::from_str(&ran.stdout()).unwrap();
    let manifest = office
        .path(said["folder"].as_str().unwrap())
        .join("manifest.json");
    let manifest: Value = serde_json::from_slice(&fs::read(manifest).unwrap()).unwrap();
    let queries = manifest["inputs"]["queries"].as_object().unwrap();
    let names: Vec<&String> = queries.keys().collect();
    assert_eq!(
        names,
        ["queries/sqlite/cases.sql", "queries/sqlite/steps.sql"]
    );
}
