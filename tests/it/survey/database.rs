//! Forms in an office's own database: columns in small letters, columns of other things beside them.

use std::fs;

use serde_json::Value;

use crate::binary::Tepat;

#[test]
fn columns_of_a_query_are_elements_whatever_their_letters_and_others_are_not() {
    let office = Tepat::new();
    office.run(&["init", "k"]).exits(0);
    let conn = rusqlite::Connection::open(office.path("k/kantor.db")).unwrap();
    conn.execute_batch(
        "CREATE TABLE responses (response_id, answered_on, service, waktu, Biaya, NAMA, KANAL_LAIN);
         INSERT INTO responses VALUES ('R-1', '2026-06-01', 'KOM-03', 4, 'Gratis', 'Contoh', 'x'),
             ('R-2', '2026-06-02', 'KOM-03', NULL, 7, 'Contoh', 'y'), ('R-2', '2026-06-02', 'KOM-03', NULL, 7, 'Contoh', 'y')",
    )
    .unwrap();
    let settings = office.path("k/tepat.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let own = "[source.responses]\nurl = \"sqlite:kantor.db\"\n\n[source]\n";
    fs::write(&settings, text.replacen("[source]\n", own, 1)).unwrap();
    fs::create_dir_all(office.path("k/queries/sqlite")).unwrap();
    let query = office.path("k/queries/sqlite/responses.sql");
    fs::write(query, "SELECT * FROM responses").unwrap();
    for (kind, text) in [
        ("cases", crate::import::CASES),
        ("steps", crate::import::STEPS),
    ] {
        fs::write(office.path("rows.csv"), text).unwrap();
        office
            .run(&["--workspace", "k", "import", kind, "rows.csv"])
            .exits(0);
    }
    let said = office
        .run(&["--workspace", "k", "check", "--json"])
        .exits(0)
        .stdout();
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["further"]["responses"], 2, "{said}");
    let listed = office
        .run(&["--workspace", "k", "check", "--findings"])
        .exits(0)
        .stdout();
    assert!(listed.contains("Kolom BIAYA berisi “7”"), "{listed}");
    assert!(listed.contains("Formulir R-2 tercatat 2 kali"), "{listed}");
    assert!(
        !listed.contains("Contoh") && !listed.contains("NAMA"),
        "{listed}"
    );
}
