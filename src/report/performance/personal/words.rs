//! Words of the personal edition: a comparison is explained, never a verdict on a person.
//!
//! In: a point of the funnel, the office's rules. Out: sentences in formal Indonesian.

use crate::format;
use crate::measure::performance::{FunnelPoint, LEAST_EXECUTIONS, Position};

/// What the comparison says, in one or two sentences.
pub fn position(point: &FunnelPoint, least: u64) -> String {
    match point.position {
        Position::Inside => {
            "Tidak berbeda dari yang diharapkan untuk pekerjaan yang sama.".to_owned()
        }
        Position::Above95 => format!(
            "Lebih banyak melewati batas daripada yang diharapkan untuk pekerjaan yang sama. {CHANCE}"
        ),
        Position::Below95 => format!(
            "Lebih sedikit melewati batas daripada yang diharapkan untuk pekerjaan yang sama. {CHANCE}"
        ),
        Position::Above998 => format!(
            "Lebih banyak melewati batas daripada yang diharapkan untuk pekerjaan yang sama. {EXPLAIN}"
        ),
        Position::Below998 => format!(
            "Lebih sedikit melewati batas daripada yang diharapkan untuk pekerjaan yang sama. {EXPLAIN}"
        ),
        Position::NoComparison => no_comparison(point, least),
    }
}

const CHANCE: &str = "Perbedaan sebesar ini dapat terjadi karena kebetulan: kira-kira satu dari dua puluh petugas mengalaminya tanpa sebab apa pun.";
const EXPLAIN: &str = "Kebetulan saja jarang menghasilkan perbedaan sebesar ini (dua dari seribu), sehingga perlu dicari penjelasannya. Ini bukan putusan atas orangnya: sebabnya dapat terletak pada pembagian berkas, sarana, atau pencatatan.";

fn no_comparison(point: &FunnelPoint, least: u64) -> String {
    let least = least.max(LEAST_EXECUTIONS);
    if point.n == 0 && point.alone > 0 {
        return format!(
            "Tidak diperbandingkan: pada langkah, jenis layanan, dan bulan yang sama tidak ada petugas lain ({} pelaksanaan).",
            format::count(point.alone)
        );
    }
    if point.n < least {
        return format!(
            "Tidak diperbandingkan: hanya {} pelaksanaan yang mempunyai pembanding, sedangkan diperlukan sedikitnya {}.",
            format::count(point.n),
            format::count(least)
        );
    }
    "Tidak diperbandingkan: pada pekerjaan yang sama semua petugas memenuhi batas, atau semua melewatinya; tidak ada yang dapat dibedakan.".to_owned()
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
                    format::count(least.max(LEAST_EXECUTIONS))
                ),
                "Angka bersumber dari catatan sebagaimana adanya. Catatan yang keliru dapat dikoreksi melalui atasan; laporan kemudian dibuat kembali sebagai edisi baru.".to_owned(),
            ],
        ),
    ]
}
