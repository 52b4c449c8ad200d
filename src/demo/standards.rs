//! The synthetic office's own standards, written as files of `standards/sop/`.
//!
//! Each follows the 18 steps of the shipped procedure with windows scaled to its own total. They are marked synthetic and
//! cite documents that do not exist, so that nobody takes them for law.

use crate::demo::permits::{PERMITS, Permit};
use crate::standard::Unit;

/// A row of the procedure: number, title, actor, holder, duty, clock, and its window in thousandths of the total.
struct Row(
    i32,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<u32>,
);

const ROWS: [Row; 18] = [
    Row(
        1,
        "Pencarian informasi dan pengambilan nomor antrean",
        "Pemohon",
        "applicant",
        "optional",
        None,
        None,
    ),
    Row(
        2,
        "Pemberian informasi layanan",
        "Petugas Layanan Informasi",
        "office",
        "optional",
        None,
        None,
    ),
    Row(
        3,
        "Pengisian formulir dan pelengkapan berkas",
        "Pemohon",
        "applicant",
        "optional",
        None,
        None,
    ),
    Row(
        4,
        "Penerimaan dan pemeriksaan kelengkapan berkas",
        "Customer Service",
        "office",
        "optional",
        None,
        None,
    ),
    Row(
        5,
        "Konsultasi help desk",
        "Customer Service dan Help Desk",
        "office",
        "optional",
        Some("registration"),
        Some(0),
    ),
    Row(
        6,
        "Pendaftaran dan penerbitan bukti tanda terima",
        "Loket Pendaftaran",
        "office",
        "mandatory",
        Some("registration"),
        Some(0),
    ),
    Row(
        7,
        "Verifikasi berkas",
        "Pemrosesan (Verifikasi)",
        "office",
        "mandatory",
        Some("registration"),
        Some(160),
    ),
    Row(
        8,
        "Konfirmasi kekurangan kepada pemohon",
        "Customer Service",
        "applicant",
        "optional",
        Some("registration"),
        None,
    ),
    Row(
        9,
        "Penyerahan berkas kepada OPD teknis",
        "Petugas Penghubung",
        "office",
        "with_recommendation",
        Some("registration"),
        None,
    ),
    Row(
        10,
        "Telaahan teknis dan penerbitan rekomendasi",
        "Tim Teknis (OPD)",
        "agency",
        "with_recommendation",
        Some("registration"),
        None,
    ),
    Row(
        11,
        "Penerimaan rekomendasi dan penyusunan draf izin",
        "Pemrosesan (Adm & Monitoring)",
        "office",
        "mandatory",
        Some("main"),
        None,
    ),
    Row(
        12,
        "Pemeriksaan draf oleh Kepala Seksi",
        "Kepala Seksi Layanan",
        "office",
        "mandatory",
        Some("main"),
        Some(620),
    ),
    Row(
        13,
        "Pemeriksaan draf oleh Kepala Bidang",
        "Kepala Bidang Layanan Perizinan",
        "office",
        "mandatory",
        Some("main"),
        Some(700),
    ),
    Row(
        14,
        "Rapat gabungan",
        "Forum Rapat Gabungan",
        "office",
        "optional",
        Some("main"),
        Some(930),
    ),
    Row(
        15,
        "Persetujuan dan penandatanganan",
        "Kepala Dinas",
        "office",
        "mandatory",
        Some("main"),
        Some(1_000),
    ),
    Row(
        16,
        "Penomoran dan pengesahan",
        "Petugas Tata Usaha",
        "office",
        "mandatory",
        Some("main"),
        Some(1_000),
    ),
    Row(
        17,
        "Penyerahan izin",
        "Loket Pengambilan",
        "office",
        "optional",
        None,
        None,
    ),
    Row(
        18,
        "Penerimaan izin dan pengisian kuesioner",
        "Pemohon",
        "applicant",
        "optional",
        None,
        None,
    ),
];

/// Bounds on the service minutes of a step, and their words.
fn minutes(step: i32) -> Option<(&'static str, &'static str)> {
    match step {
        5 | 12 | 13 => Some(("{ min = 10, max = 30 }", "10 - 30 menit")),
        6 => Some(("{ max = 10 }", "10 menit")),
        7 | 16 => Some(("{ min = 5, max = 15 }", "5 - 15 menit")),
        _ => None,
    }
}

/// File name and text of every standard that the demo makes up.
pub(super) fn files() -> Vec<(String, String)> {
    PERMITS
        .iter()
        .filter(|p| p.is_made_up())
        .map(|p| (format!("{}.rev01.toml", p.service), text(p)))
        .collect()
}

fn text(permit: &Permit) -> String {
    let Permit {
        service,
        name,
        limit,
        ..
    } = permit;
    let unit = limit.unit.code();
    let unit_words = limit.unit.label();
    let place = |part: &str| format!("Dokumen contoh {service}, {part}");
    // Working days count H as day 1, as KOM-03 does; calendar days are counted from the day after.
    let stated = match limit.unit {
        Unit::WorkingDays => limit.value + 1,
        Unit::CalendarDays | Unit::ElapsedHours => limit.value,
    };
    let mut text = format!(
        r#"# {service}: standar contoh untuk data sintetis. Dokumen ini tidak ada; jangan dipakai untuk menilai kantor mana pun.

service = "{service}"
name = "{name}"
document = "{service}"
revision = "01"
effective_from = 2020-01-01
synthetic = true
legal_basis = ["Dokumen contoh tanpa dasar hukum; dibuat untuk data sintetis."]
product = "{name}"
pause = "exclude"
decides = 16
hands_over = 17
separate_duties = [[12, 13], [7, 15]]

[fee]
words = "Tidak dipungut biaya (contoh)"
place = "{fee}"

[total]
stated = {stated}
unit = "{unit}"
limit = {limit}
reading = "{reading}"
words = "Selambat-lambatnya {stated} {unit_words} sejak berkas diterima lengkap dan benar (contoh)."
place = "{total}"

[clock]
start = 6
words = "Tanda terima merupakan mulainya perhitungan hari penyelesaian perizinan (contoh)."
place = "{clock}"

[recommendation]
sent = 9
handed_over = 10
received = 11
words = "Untuk perizinan yang memerlukan rekomendasi teknis, perhitungan hari dimulai sejak rekomendasi diterima (contoh)."
place = "{clock}"

[pause_step]
step = 8
returned_by = 7

[hours]
words = "Senin-Kamis 08.00-19.00 WITA, Jumat 08.00-11.00 WITA (contoh)"
place = "{hours}"
week = {{ monday = "08.00-19.00", tuesday = "08.00-19.00", wednesday = "08.00-19.00", thursday = "08.00-19.00", friday = "08.00-11.00" }}
"#,
        fee = place("bagian biaya"),
        limit = limit.value,
        total = place("bagian jangka waktu"),
        reading = reading(limit.unit),
        clock = place("langkah 6"),
        hours = place("jam pelayanan"),
    );
    for row in &ROWS {
        step(&mut text, permit, row);
    }
    text
}

/// How the total was read, beside its words.
fn reading(unit: Unit) -> &'static str {
    match unit {
        Unit::WorkingDays => {
            "H adalah hari ke-1, sehingga batasnya satu hari kerja kurang dari jumlah yang tertulis."
        }
        Unit::CalendarDays | Unit::ElapsedHours => {
            "Dihitung sejak hari sesudah pendaftaran; hari libur ikut dihitung."
        }
    }
}

fn step(text: &mut String, permit: &Permit, row: &Row) {
    let Row(number, title, actor, holder, duty, clock, window) = row;
    let mut lines = vec![
        format!("number = {number}"),
        format!("title = \"{title}\""),
        format!("actor = \"{actor}\""),
        format!("holder = \"{holder}\""),
        format!("duty = \"{duty}\""),
    ];
    lines.extend(clock.map(|c| format!("clock = \"{c}\"")));
    let bounds = minutes(*number);
    match window {
        Some(per_mille) => {
            let limit = (permit.limit.value * per_mille).div_ceil(1_000);
            let unit = permit.limit.unit;
            lines.push(format!(
                "window = {{ limit = {limit}, unit = \"{}\" }}",
                unit.code()
            ));
            lines.extend(bounds.map(|b| format!("minutes = {}", b.0)));
            let mut words = match limit {
                0 => "Hari ke H".to_owned(),
                n => format!("Hari H - H+{n} ({})", unit.label()),
            };
            if let Some((_, minutes)) = bounds {
                words.push_str(", ");
                words.push_str(minutes);
            }
            lines.push(format!(
                "waktu = {{ words = \"{words}\", place = \"Dokumen contoh {}, langkah {number}\" }}",
                permit.service
            ));
        }
        None => lines.push("no_limit = \"not_stated\"".to_owned()),
    }
    text.push_str("\n[[step]]\n");
    text.push_str(&lines.join("\n"));
    text.push('\n');
}
