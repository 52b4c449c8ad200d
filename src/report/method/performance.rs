//! Rules that only the six-monthly performance report has.

use super::{Block, block, with_number};
use crate::config::ReportRules;
use crate::measure::performance::least_executions;

/// The blocks, in printing order, under the office's own rules.
pub fn blocks(rules: &ReportRules) -> Vec<Block> {
    let least = least_executions(rules.least_n);
    vec![
        periods(),
        with_number(comparison(), least),
        with_number(personnel(), least),
        with_number(agencies(), least),
        stages(),
        paths(),
        follow_up(),
    ]
}

fn periods() -> Block {
    block(
        "Bulan, semester, dan perubahan",
        &[
            "Semua bulan dan semester dalam laporan ini dinilai menurut satu keadaan, yaitu tanggal laporan; jumlah enam bulan sama dengan angka semester. Tinjauan bulanan menilai tiap bulan menurut keadaan akhir bulan itu dan tidak berubah lagi; karena itu angka satu bulan dapat berbeda di antara keduanya bila berkasnya baru diselesaikan atau dikoreksi kemudian.",
            "Selang 95 % untuk selisih dua persentase menurut Newcombe (metode 10). Suatu perubahan disebut lebih dari kebetulan hanya bila selang itu tidak memuat nol.",
            "Selang 95 % median Kaplan–Meier menurut Brookmeyer dan Crowley dengan transformasi log-log; “–” bila batasnya tidak tercapai.",
            "Kepekaan: angka utama dihitung ulang menurut tiap cara membaca jeda, dengan cuti bersama dibaca sebaliknya, dan tanpa berkas yang mempunyai temuan peringatan atau lebih berat.",
            "Semester sebelumnya ditampilkan bila ada berkasnya, paling banyak tiga.",
            "Umur berkas terbuka dan sebaran dihitung terhadap batas masing-masing berkas, sehingga layanan dengan batas berbeda dapat disandingkan.",
        ],
        "Newcombe, R. G. (1998), Statistics in Medicine 17, 873–890; Brookmeyer, R. dan Crowley, J. (1982), Biometrics 38",
    )
}

fn comparison() -> Block {
    block(
        "Perbandingan petugas",
        &[
            "Yang diharapkan dihitung dengan standardisasi tidak langsung: untuk setiap langkah, jenis layanan dan bulan selesai, jumlah pelaksanaan petugas dikalikan bagian pelaksanaan semua petugas yang di luar standar pada langkah, layanan dan bulan yang sama. Pelaksanaan tanpa nama petugas ikut dalam jumlah semua petugas.",
            "Batas 95 % dan 99,8 % adalah batas eksak dari jumlah sebaran hipergeometrik menurut langkah, layanan dan bulan: bila pelaksanaan di luar standar tersebar acak di antara semua yang mengerjakan hal yang sama, jumlah seorang petugas jatuh di luar batas itu paling banyak 5 atau 0,2 kali dari 100.",
            "Pekerjaan yang tidak dikerjakan petugas lain tidak mempunyai pembanding dan tidak ikut; jumlahnya ditampilkan. Kurang dari {n} pelaksanaan yang dapat diperbandingkan: tidak ada perbandingan; begitu pula bila semua, atau tidak satu pun, pelaksanaan yang sebanding di luar standar.",
            "Di antara batas 95 % dan 99,8 % perbedaan masih dapat terjadi karena kebetulan, apalagi bila banyak petugas diperbandingkan sekaligus. Di luar batas 99,8 % perlu penjelasan; penjelasan itu dapat saja pada berkas, alat atau pembagian kerja. Pelaksanaan pada berkas yang sama tidak sepenuhnya bebas satu dari yang lain, sehingga batas yang sebenarnya dapat lebih lebar.",
            "Tidak ada peringkat: persentase petugas dengan pekerjaan berbeda tidak dapat diurutkan dengan adil.",
        ],
        "Spiegelhalter, D. J. (2005), Statistics in Medicine 24, 1185–1202; Mantel, N. dan Haenszel, W. (1959), JNCI 22",
    )
}

fn personnel() -> Block {
    block(
        "Pekerjaan petugas",
        &[
            "Dihitung atas pelaksanaan langkah kantor yang selesai dalam semester, dan yang sudah dimulai dalam batas, belum selesai dan lewat batas dengan tanggal batas dalam semester: menahan berkas tidak memperbaiki angka. Memenuhi standar: memenuhi setiap batas, hari dan menit, yang dapat dinilai pada pelaksanaan itu. Setiap pelaksanaan dinilai tersendiri, juga yang kemudian diulang.",
            "Pelaksanaan yang sudah lewat batas hari saat berkas dapat dikerjakan disebut sudah lewat saat diterima dan tidak dinilai menurut batas hari; batas dalam jam dibandingkan sampai detiknya. Berkas dapat dikerjakan sejak langkah lain yang terakhir selesai, atau sejak berkas kembali dari pemohon, sebelum pelaksanaan dimulai.",
            "Waktu di tangan petugas: waktu layanan dari mulai sampai selesai, tanpa waktu di pemohon atau OPD, atas pelaksanaan yang mulai dan selesainya tercatat. Waktu menunggu sebelum mulai adalah antrean jabatan: pelaksanaan yang lewat batas selagi menunggu dinilai pada jabatan, tidak pada petugas yang kemudian mengerjakannya. Bila waktu mulai tidak tercatat, keduanya tidak dapat dibedakan dan juga tidak dinilai pada petugas.",
            "Dikerjakan ulang: langkah yang harus dikerjakan lagi karena dikembalikan oleh langkah kantor sesudahnya; dihitung pada petugas yang mengerjakan sebelumnya. Kembalinya berkas dari pemohon atau OPD bukan pekerjaan ulang.",
            "Lebih cepat dari batas bawah menit memenuhi batas, tetapi ditampilkan: tergesa-gesa juga temuan.",
            "Kurang dari {n} pelaksanaan: jumlahnya ditampilkan, persentase dan median tidak.",
        ],
        "Aturan hitung tepat, bagian 4 dan 5; SOP bagian T",
    )
}

fn agencies() -> Block {
    block(
        "OPD teknis",
        &[
            "Hari kerja dari penyerahan berkas kepada OPD (yang terakhir sesudah rekomendasi sebelumnya; bila tidak tercatat: dari mulainya telaahan) sampai rekomendasi selesai; bila selesainya tidak tercatat, sampai rekomendasi mulai diproses. Dihitung pada bulan berakhirnya. Waktu di pemohon tidak dikurangkan.",
            "Median kurang dari {n} rekomendasi ditahan: satu OPD dapat berarti satu orang.",
            "Berkas yang masih di OPD dihitung sampai awal hari setelah periode berakhir, selama berkas belum diputus atau dicabut.",
            "Nama OPD adalah unit petugas telaahan menurut daftar pegawai pada hari itu; bila tidak ada, petugas sebagaimana tercatat.",
        ],
        "Aturan hitung tepat, bagian 1",
    )
}

fn stages() -> Block {
    block(
        "Waktu tiap langkah dan hari keterlambatan",
        &[
            "Waktu melalui langkah: waktu layanan sejak berkas dapat dikerjakan sampai langkah selesai; mediannya tiap bulan menjadi titik diagram XmR, paling banyak 24 bulan, dengan aturan yang sama dengan diagram tren; rangkaian di satu sisi rata-rata baru menjadi sinyal bila tetap di satu sisi juga tanpa satu bulan tersendiri di luar batas kendali, yang menarik rata-rata ke arahnya.",
            "Hari keterlambatan: hari di atas batas dari berkas yang diputus terlambat, dibagi atas langkah menurut waktu layanan yang dipakai sejak hitungan berjalan sampai keputusan, di luar waktu di pemohon. Pembagian sampai sepersejuta hari; sisanya menurut sisa terbesar, sehingga jumlahnya tetap.",
        ],
        "Wheeler, D. J. (1993), Understanding Variation",
    )
}

fn paths() -> Block {
    block(
        "Kesesuaian dan jalur",
        &[
            "Kesesuaian dihitung atas berkas yang diputus dalam semester: langkah wajib tidak tercatat (bukan pada berkas yang ditolak), langkah yang dimulai sebelum langkah wajib terdekat sebelumnya pernah selesai (juga bila langkah wajib itu tidak tercatat), tugas yang harus terpisah dikerjakan satu petugas (dari berkas yang petugasnya tercatat pada kedua tugas), dikembalikan lebih dari satu kali.",
            "Jalur berkas adalah urutan langkah menurut waktu mulai (bila tidak tercatat, waktu selesai). Dua belas jalur yang tersering ditampilkan; bila sama banyak, menurut nomor langkah.",
            "Pengembalian dihitung menurut pelaksanaan langkah yang menyerahkan berkas kepada pemohon, dan dicatat pada langkah yang terakhir selesai sebelum pelaksanaan itu dimulai (bila tidak tercatat, sebelum selesai). Lamanya di pemohon dihitung atas tiap masa yang sudah berakhir.",
        ],
        "Aturan hitung tepat, bagian 4",
    )
}

fn follow_up() -> Block {
    block(
        "Tindak lanjut dan edisi",
        &[
            "Angka “saat itu” dibaca dari edisi yang terbit untuk periode temuan itu; angka “sekarang” adalah angka laporan ini untuk hal yang sama. Ditampilkan temuan periode yang berakhir sebelum semester ini, paling jauh tiga semester ke belakang.",
            "Diusulkan untuk ditindaklanjuti: angka utama di bawah 100 %; langkah dengan sepuluh persen hari keterlambatan atau lebih; langkah dengan sinyal waktu yang lebih lama pada bulan semester ini; OPD dengan median terlama; ketidaksesuaian selain pengembalian; berkas diputus yang dikembalikan lebih dari satu kali; dan petugas di atas batas 99,8 % menurut standar seluruhnya. Hari keterlambatan diusulkan hanya bila berkasnya cukup, dan OPD hanya bila sedikitnya dua mempunyai median.",
            "Edisi publik memuat jumlah saja: tanpa nama pemohon dan petugas, kelompok kecil ditahan bersama kelompok berikutnya sehingga tidak dapat dihitung kembali dari jumlahnya. Edisi pribadi memuat satu petugas.",
        ],
        "SOP bagian T",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_name_the_number_below_which_the_office_withholds() {
        for (least_n, shown) in [(1, "10"), (10, "10"), (30, "30")] {
            let rules = ReportRules {
                least_n,
                at_risk_days: 3,
            };
            let rules: Vec<String> = blocks(&rules).into_iter().flat_map(|b| b.rules).collect();
            let below = |rule: &&String| {
                rule.to_lowercase()
                    .contains(&format!("kurang dari {shown} "))
            };
            assert_eq!(rules.iter().filter(below).count(), 3, "{least_n}");
            assert!(!rules.iter().any(|rule| rule.contains('{')), "{least_n}");
        }
    }
}
