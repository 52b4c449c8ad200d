//! Where standards come from: the binary, a workspace over it, and what is wrong with a file as a file.

use std::fs;
use std::path::Path;

use miette::Diagnostic;
use tepat::standard::load::{StandardFiles, load_library};

use super::{SOP, change, load, national};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

#[test]
fn every_file_of_standards_is_in_the_binary() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["calendar", "ikm", "sop"] {
        for entry in fs::read_dir(root.join("standards").join(folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            found.push(format!("standards/{folder}/{}", name.to_string_lossy()));
        }
    }
    found.sort();
    let shipped = StandardFiles::shipped();
    let listed: Vec<_> = shipped.iter().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(listed, found);
    for (path, bytes) in shipped.iter() {
        assert_eq!(bytes, fs::read(root.join(path)).expect("read"), "{path}");
    }
}

#[test]
fn a_workspace_without_standards_has_the_shipped_ones() {
    let files = StandardFiles::workspace(folder().path()).expect("sound");
    assert_eq!(files, StandardFiles::shipped());
}

#[test]
fn a_workspace_replaces_and_adds_file_by_file() {
    let dir = folder();
    write(dir.path(), "standards/sop/uji.toml", SOP);
    write(dir.path(), "standards/sop/catatan.pdf", "not read");
    write(dir.path(), "standards/sop/.uji.toml", "not read");
    let own = change(SOP, "service = \"UJI-01\"", "service = \"SENDIRI\"");
    let own = change(&own, "aliases = [\"UJI\"]\n", "");
    write(dir.path(), "standards/sop/SOP-LP2N-KOM-03.rev03.toml", &own);
    let files = StandardFiles::workspace(dir.path()).expect("sound");
    let library = load_library(&files, national()).expect("sound");
    let services: Vec<_> = library.services.keys().map(String::as_str).collect();
    assert_eq!(services, ["SENDIRI", "UJI-01"]);
}

#[test]
fn a_folder_where_a_file_should_be() {
    let dir = folder();
    fs::create_dir_all(dir.path().join("standards/sop/uji.toml")).expect("made");
    let error = StandardFiles::workspace(dir.path()).expect_err("a folder");
    assert_eq!(
        error.to_string(),
        "standards/sop/uji.toml is a folder where a file is expected: remove or rename the folder"
    );
}

#[test]
fn a_file_where_a_folder_should_be() {
    let dir = folder();
    write(dir.path(), "standards", "");
    let error = StandardFiles::workspace(dir.path()).expect_err("a file");
    assert_eq!(
        error.to_string(),
        "standards is a file where a folder is expected: move the file away or make the folder"
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere() {
    let dir = folder();
    let sop = dir.path().join("standards/sop");
    fs::create_dir_all(&sop).expect("made");
    std::os::unix::fs::symlink("nowhere", sop.join("uji.toml")).expect("linked");
    let error = StandardFiles::workspace(dir.path())
        .expect_err("unreadable")
        .to_string();
    assert!(
        error.starts_with("the file standards/sop/uji.toml cannot be read ("),
        "{error}"
    );
}

#[test]
fn an_empty_file_and_another_encoding() {
    let error = load(&[("uji.toml", "")]).expect_err("empty");
    assert_eq!(
        error.to_string(),
        "standards/sop/uji.toml:1: the key `service` is missing at the top of the file: add it"
    );
    let files =
        StandardFiles::default().with("standards/sop/uji.toml", b"service = 1\n\xe9".to_vec());
    let error = load_library(&files, national()).expect_err("latin-1");
    assert_eq!(
        error.to_string(),
        "standards/sop/uji.toml:2: the file is not UTF-8 text: save it with the encoding UTF-8"
    );
}

#[test]
fn a_byte_order_mark_does_no_harm_and_keeps_the_lines() {
    load(&[("uji.toml", &format!("\u{feff}{SOP}"))]).expect("sound");
    let broken = change(&format!("\u{feff}{SOP}"), "decides = 4", "decides = 5");
    let error = load(&[("uji.toml", &broken)]).expect_err("no such step");
    assert_eq!(
        error.to_string(),
        "standards/sop/uji.toml:10: `decides` names step 5, which this standard does not have: write one of its steps 1, 2, 3, 4, or add the step"
    );
    let label = error.labels().and_then(|mut l| l.next()).expect("a label");
    let shown = error
        .source_code()
        .expect("the file")
        .read_span(label.inner(), 0, 0);
    assert_eq!(shown.expect("within the file").data(), b"5");
}

#[test]
fn the_diagnostic_shows_the_value_itself() {
    let broken = change(SOP, "decides = 4", "decides = 40");
    let error = load(&[("uji.toml", &broken)]).expect_err("no such step");
    let label = error.labels().and_then(|mut l| l.next()).expect("a label");
    let shown = error
        .source_code()
        .expect("the file")
        .read_span(label.inner(), 0, 0);
    assert_eq!(shown.expect("within the file").data(), b"40");
}

#[test]
fn the_digest_is_that_of_the_bytes() {
    let digest = |text: &str| {
        let library = load(&[("uji.toml", text)]).expect("sound");
        library.services["UJI-01"][0].digest.clone()
    };
    assert_eq!(digest(SOP), digest(SOP));
    assert_eq!(digest(SOP).len(), 64);
    assert_ne!(
        digest(SOP),
        digest(&change(SOP, "Layanan uji", "Layanan lain"))
    );
}

#[test]
fn no_damage_to_a_file_makes_the_reader_panic() {
    let sources = StandardFiles::shipped();
    let path = "standards/sop/SOP-LP2N-KOM-03.rev03.toml";
    let (_, bytes) = sources.iter().find(|(p, _)| *p == path).expect("shipped");
    let calendar = national();
    for at in (0..bytes.len()).step_by(61) {
        let cut = bytes[..at].to_vec();
        let garbled = [&bytes[..at], "\u{e9}={[\"".as_bytes(), &bytes[at..]].concat();
        for damaged in [cut, garbled] {
            let files = StandardFiles::default().with(path, damaged);
            if let Err(error) = load_library(&files, calendar.clone()) {
                let sentence = error.to_string();
                assert!(
                    sentence.starts_with(path) && !sentence.contains('\n'),
                    "{sentence}"
                );
            }
        }
    }
}
