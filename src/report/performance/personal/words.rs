//! Words of the personal edition: a comparison is explained, never a verdict on a person.
//!
//! In: a point of the funnel, the office's rules. Out: sentences in formal Indonesian.

use crate::format;
use crate::measure::performance::{FunnelPoint, Position, least_executions};
use crate::report::performance::words as shared;

/// What the comparison says, and how far that goes.
pub fn position(point: &FunnelPoint, least: u64) -> String {
    let said = shared::position(point.position);
    match point.position {
        Position::Inside => format!("{said}."),
        Position::Above95 | Position::Below95 => format!("{said}. {CHANCE}"),
        Position::Above998 | Position::Below998 => format!("{said}. {EXPLAIN}"),
        Position::NoComparison => format!("{said}: {}", no_comparison(point, least)),
    }
}

const CHANCE: &str = "Paling banyak satu dari dua puluh petugas berada di luar batas 95 % (di atas atau di bawahnya) tanpa sebab apa pun.";
const EXPLAIN: &str = "Kebetulan saja membawa dua dari seribu petugas sejauh ini. Ini bukan putusan atas orangnya: sebabnya dapat terletak pada pembagian berkas, sarana, atau pencatatan.";

fn no_comparison(point: &FunnelPoint, least: u64) -> String {
    let least = least_executions(least);
    if point.n == 0 && point.alone > 0 {
        return format!(
            "pada langkah, jenis layanan, dan bulan yang sama tidak ada petugas lain ({} pelaksanaan).",
            format::count(point.alone)
        );
    }
    if point.n < least {
        return format!(
            "hanya {} pelaksanaan yang mempunyai pembanding, sedangkan diperlukan sedikitnya {}.",
            format::count(point.n),
            format::count(least)
        );
    }
    "pada pekerjaan yang sama semua petugas memenuhi batas, atau semua melewatinya; tidak ada yang dapat dibedakan.".to_owned()
}

/// How to read the edition.
pub fn method(least: u64) -> Vec<(&'static str, Vec<String>)> {
    let of = |rules: &[&str]| {
        rules
            .iter()
            .map(|r| (*r).to_owned())
            .collect::<Vec<String>>()
    };
    vec![
        (
            "Yang dibebankan dan yang tidak",
            of(&[
                "Waktu dihitung dalam jam pelayanan, sejak langkah dimulai sampai selesai. Waktu berkas berada di pemohon atau di perangkat daerah lain tidak dibebankan kepada petugas.",
                "Berkas yang sudah lewat batas saat diterima dihitung tersendiri dan tidak masuk persentase batas hari.",
                "Waktu menunggu sebelum langkah dimulai adalah antrean peran, bukan antrean orang.",
                "Dikerjakan ulang: langkah berikutnya mengembalikan berkas sehingga langkah ini dilakukan lagi.",
                "Terlalu cepat juga ditampilkan, sebab ketergesaan sama patutnya diperiksa dengan keterlambatan; pelaksanaannya tetap memenuhi batas.",
            ]),
        ),
        (
            "Perbandingan yang adil",
            of(&[
                "Jumlah yang diharapkan dihitung dari hasil semua petugas pada langkah, jenis layanan, dan bulan yang sama (standardisasi tidak langsung). Petugas yang mendapat pekerjaan lebih sulit karena itu tidak dirugikan.",
                "Rasio 1 berarti sama dengan yang diharapkan. Batas 95 % dan 99,8 % menunjukkan seberapa jauh kebetulan saja dapat membawa jumlah itu.",
                "Pekerjaan yang tidak dilakukan petugas lain tidak mempunyai pembanding dan tidak diperbandingkan. Tidak ada urutan peringkat.",
            ]),
        ),
        (
            "Angka kecil dan koreksi",
            vec![
                format!(
                    "Persentase dan median atas kurang dari {} pelaksanaan ditahan; jumlahnya tetap ditampilkan.",
                    format::count(least_executions(least))
                ),
                "Angka bersumber dari catatan sebagaimana adanya. Catatan yang keliru dapat dikoreksi melalui atasan; laporan kemudian dibuat kembali sebagai edisi baru.".to_owned(),
            ],
        ),
    ]
}
