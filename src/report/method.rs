//! The method page: every counting rule in formal Indonesian, each with its source. Reusable blocks, one per subject.
//!
//! In: the office's reporting rules and the standards. Out: [`Block`]s that a page prints as sections and a sheet as rows. The
//! rules themselves stand in the code that counts; a change there is a change here.

use crate::config::ReportRules;
use crate::format;
use crate::standard::calendar::YearStatus;
use crate::standard::{Library, PauseRule, Standard};

/// One subject of the method page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub title: String,
    pub rules: Vec<String>,
    /// Where the rules come from.
    pub source: String,
}

fn block(title: &str, rules: &[&str], source: &str) -> Block {
    Block {
        title: title.to_owned(),
        rules: rules.iter().map(|r| (*r).to_owned()).collect(),
        source: source.to_owned(),
    }
}

/// All blocks of a report on case deadlines.
pub fn blocks(rules: &ReportRules, library: &Library) -> Vec<Block> {
    vec![
        time_limit(),
        calendar(library),
        clock(),
        pauses(),
        offsets(),
        case_verdicts(),
        step_verdicts(),
        denominators(rules),
        flow(),
        steps_and_time(),
        statistics(rules),
        trend(),
        quality(),
    ]
}

/// Blocks on the standards themselves: one per revision in the library.
pub fn standards(library: &Library) -> Vec<Block> {
    let all = library.services.values().flatten();
    all.map(|s| standard(s)).collect()
}

fn standard(s: &Standard) -> Block {
    let rule = match s.pause {
        PauseRule::Exclude => "hari kerja yang seluruhnya di tangan pemohon tidak dihitung",
        PauseRule::Include => "semua hari kerja dihitung",
        PauseRule::Restart => "hitungan dimulai lagi setelah berkas kembali dari pemohon",
    };
    let mut rules = vec![
        format!(
            "Batas penyelesaian: {} {}; dibaca sebagai H+{}. Bunyi dokumen: “{}” ({}).",
            s.total_stated,
            s.total.unit.label(),
            s.total.value,
            s.total_citation.words,
            s.total_citation.place
        ),
        format!(
            "Awal jam layanan: “{}” ({}).",
            s.start_citation.words, s.start_citation.place
        ),
        format!("Jeda: {rule}."),
        format!(
            "Jam pelayanan: “{}” ({}).",
            s.hours_citation.words, s.hours_citation.place
        ),
    ];
    if let Some(c) = &s.recommendation_citation {
        rules.push(format!("Rekomendasi teknis: “{}” ({}).", c.words, c.place));
    }
    let basis = match s.legal_basis.is_empty() {
        true => "dokumen tidak menyebut dasar hukum".to_owned(),
        false => s.legal_basis.join("; "),
    };
    Block {
        title: format!("{} – {} revisi {}", s.name, s.document, s.revision),
        rules,
        source: format!(
            "Berlaku sejak {}. Dasar hukum: {basis}",
            format::date(s.effective_from)
        ),
    }
}

fn time_limit() -> Block {
    block(
        "Batas waktu",
        &[
            "Setiap berkas dinilai menurut revisi standar yang berlaku pada hari H pendaftarannya, sekalipun H kemudian bergeser.",
            "Janji 14 hari kerja dibaca dengan H sebagai hari pertama, sehingga batasnya H+13. Ini pembacaan bersama langkah 16 (“Hari H – H+13”), bukan kutipan.",
            "Tiga sebab tanpa batas dibedakan: sesuai kebutuhan, kolom tidak terbaca pada salinan dokumen, dan langkah yang tidak dikenal standar.",
        ],
        "SOP layanan, bagian I dan lampiran langkah",
    )
}

fn calendar(library: &Library) -> Block {
    let mut b = block(
        "Kalender kerja",
        &[
            "Waktu dibaca menurut zona waktu kantor dan dipotong ke detik penuh.",
            "Hari kerja adalah hari yang mempunyai jam pelayanan dan bukan hari libur. Kegiatan pada hari bukan kerja dihitung pada hari kerja berikutnya.",
            "Hari yang dinyatakan buka dengan keputusan dihitung sebagai hari kerja; jam khusus (misalnya Ramadan) menggantikan jam mingguan pada tanggalnya.",
        ],
        "",
    );
    let joint = match library.calendar.joint_leave_works {
        true => "Cuti bersama dihitung sebagai hari kerja (pilihan kantor).",
        false => "Cuti bersama bukan hari kerja.",
    };
    b.rules.push(joint.to_owned());
    for (year, status) in library.calendar.unsettled() {
        let words = match status {
            YearStatus::Final => continue,
            YearStatus::Provisional => "masih sementara",
            YearStatus::WithoutHolidays => "belum memuat hari libur; hari kerjanya hanya perkiraan",
        };
        b.rules.push(format!("Kalender tahun {year} {words}."));
    }
    b.source = format!("Kalender {}", library.calendar.name);
    b
}

fn clock() -> Block {
    block(
        "Jam layanan",
        &[
            "Jam pendaftaran dimulai saat langkah pendaftaran (6) pertama kali selesai. Bila tidak tercatat padahal berkas sudah diproses atau diputus, dipakai waktu berkas diterima dan dicatat sebagai temuan.",
            "H adalah tanggal mulai itu bila hari kerja dan sebelum jam tutup; selain itu hari kerja berikutnya.",
            "Jam utama (langkah 11–16 dan seluruh berkas) sama dengan jam pendaftaran, kecuali berkas memerlukan rekomendasi teknis: jam dimulai saat rekomendasi diserahkan (langkah 10 pertama kali selesai); bila tidak tercatat, awal langkah 11 yang paling dini; bila tidak tercatat, selesainya langkah 11 yang pertama; bila semuanya tidak tercatat dan berkas sudah diputus, dipakai jam pendaftaran dengan temuan. Rekomendasi berikutnya tidak menggeser jam.",
            "Waktu sebelum rekomendasi diterima tidak masuk tenggat mana pun; karena itu berkas yang jamnya belum berjalan selalu ditampilkan tersendiri.",
        ],
        "SOP layanan, catatan langkah 6",
    )
}

fn pauses() -> Block {
    block(
        "Jeda di tangan pemohon",
        &[
            "Jeda berlangsung dari awal langkah konfirmasi kekurangan (8) sampai selesainya, atau sampai berkas mulai dikerjakan lagi bila lebih dahulu. Bila awalnya tidak tercatat, dipakai selesainya verifikasi (7) terakhir sebelumnya; bila itu pun tidak ada, jeda tidak dihitung dan menjadi temuan.",
            "Hari kerja terhitung jeda hanya bila jeda mencakup seluruh jam pelayanannya. Jeda yang bertumpang tindih digabung.",
            "Jeda yang dimulai pada atau setelah hari batas tidak mengubah apa pun.",
            "Standar dapat dibaca dengan tiga cara: hari di tangan pemohon tidak dihitung (exclude), semua hari dihitung (include), atau hitungan dimulai lagi (restart). Angka utama ditampilkan menurut ketiganya.",
        ],
        "SOP layanan, bagian I dan langkah 7–8",
    )
}

fn offsets() -> Block {
    block(
        "Hitungan hari",
        &[
            "Hari ke-n adalah banyaknya hari kerja setelah H sampai hari kejadian, tanpa hari jeda. Batas H+n terpenuhi bila hitungan itu paling banyak n; sampai tengah malam hari terakhir masih tepat waktu.",
            "Batas dalam hari kalender menghitung tanggal setelah tanggal mulai, termasuk hari libur; batas dalam jam menghitung waktu nyata.",
            "Keadaan dibaca pada satu saat (“keadaan per”). Yang terjadi sesudahnya dianggap belum terjadi; laporan yang dibuat kemudian untuk bulan yang sama sama hasilnya, kecuali data atau kalendernya dikoreksi.",
        ],
        "Aturan hitung tepat, bagian 2 dan 3",
    )
}

fn case_verdicts() -> Block {
    block(
        "Putusan atas berkas",
        &[
            "Berkas diputus pada waktu penutupan bila ditolak; pada selesainya langkah penomoran (16) yang pertama bila terbit; bila langkah itu tidak tercatat, pada waktu penutupan.",
            "Diputus: tepat waktu atau terlambat. Belum diputus: berjalan atau lewat batas. Dicabut pemohon dibedakan sebelum dan sesudah batas.",
            "Berkas tanpa standar, yang jamnya belum berjalan, atau yang diputus sebelum jam dimulai tidak masuk persentase mana pun dan ditampilkan jumlahnya.",
            "Lama layanan dalam hari kerja = hari ke- ditambah satu, karena H adalah hari pertama.",
        ],
        "Aturan hitung tepat, bagian 4",
    )
}

fn step_verdicts() -> Block {
    block(
        "Putusan atas langkah",
        &[
            "Setiap pelaksanaan langkah mendapat satu putusan hari dan satu putusan menit. Putusan hari suatu tahap diambil dari pelaksanaan terakhir yang dapat dinilai; putusan menit dari setiap pelaksanaan.",
            "Menit dihitung dari detik jam pelayanan antara mulai dan selesai: 15:00 masih sesuai batas 5–15 menit, 15:01 melebihi. “10 menit” adalah batas atas.",
            "Pengerjaan yang lebih cepat dari batas bawah tetap memenuhi, tetapi ditampilkan, sebab ketergesaan juga patut diperiksa.",
            "Langkah yang selesai sebelum jam dimulai tidak masuk persentase.",
        ],
        "SOP layanan, kolom Waktu; aturan hitung tepat, bagian 4",
    )
}

fn denominators(rules: &ReportRules) -> Block {
    let mut b = block(
        "Penyebut persentase",
        &[
            "Jatuh tempo dalam periode (angka utama): berkas yang batas waktunya jatuh dalam periode dan sudah diputus, atau belum diputus sedangkan batasnya sudah lewat. Berkas yang dicabut setelah lewat batas dihitung tidak tepat waktu.",
            "Diputus dalam periode: berkas yang diputus, apa pun batas waktunya. Angka ini saja akan menguntungkan kantor yang membiarkan berkas sulit tetap terbuka; karena itu selalu disandingkan dengan angka utama.",
            "Tidak masuk persentase, tetapi ditampilkan: dicabut dalam batas, tidak dapat dinilai, jam belum berjalan, tanpa standar, dan yang sedang di tangan pemohon.",
        ],
        "Aturan hitung tepat, bagian 5",
    );
    b.rules.push(format!(
        "Persentase dengan penyebut kurang dari {} ditahan; jumlahnya tetap ditampilkan.",
        format::count(rules.least_n)
    ));
    b.rules.push(format!(
        "Berkas berjalan dengan sisa paling banyak {} hari disebut segera jatuh tempo.",
        rules.at_risk_days
    ));
    b
}

fn flow() -> Block {
    block(
        "Arus berkas",
        &[
            "Berkas awal + diterima = diputus + dicabut + berkas akhir, menurut tanggal setempat. Berkas akhir suatu periode sama dengan berkas awal periode berikutnya; selisihnya adalah koreksi data dan ditampilkan.",
            "Berkas tanpa waktu diterima tidak masuk arus dan ditampilkan jumlahnya.",
        ],
        "Aturan hitung tepat, bagian 5",
    )
}

fn steps_and_time() -> Block {
    block(
        "Tahapan dan pemakaian waktu",
        &[
            "Persentase tahap dalam batas hari = tepat waktu dibagi (tepat waktu + terlambat + lewat batas), atas tahap yang tanggal batasnya jatuh dalam periode. Langkah wajib yang belum dimulai dan batasnya telah lewat dihitung lewat batas. Langkah 6 tepat waktu dengan sendirinya dan tidak diberi persentase.",
            "Ulangan adalah pelaksanaan setelah yang pertama dalam satu berkas.",
            "Waktu layanan berkas yang diputus dalam periode dibagi atas: dikerjakan, menunggu pelaksana berikutnya, di tangan pemohon, di OPD teknis, dan yang tidak dapat dipilah karena waktu mulai atau selesai tidak tercatat.",
            "Penghambat utama adalah langkah dengan waktu layanan terbanyak, di luar waktu pemohon.",
            "Pemegang berkas adalah petugas atau jabatan pada langkah yang sudah dimulai dan belum selesai; bila tidak ada, jabatan langkah wajib berikutnya (“menunggu”).",
        ],
        "Aturan hitung tepat, bagian 4 dan 5",
    )
}

fn statistics(rules: &ReportRules) -> Block {
    let mut b = block(
        "Statistik",
        &[
            "Selang kepercayaan 95 % menurut Wilson.",
            "Median dan persentil adalah nilai terkecil yang sekurang-kurangnya bagian itu berada padanya atau di bawahnya; tidak ada interpolasi.",
            "Median Kaplan–Meier dihitung atas berkas yang diterima dalam periode; berkas yang dicabut atau masih terbuka disensor.",
            "Persentase disimpan sebagai pembilang dan penyebut dan dibulatkan sekali, saat dicetak, ke satu desimal (setengah ke atas).",
        ],
        "Wilson, E. B. (1927), JASA 22; Kaplan, E. L. dan Meier, P. (1958), JASA 53",
    );
    b.rules.push(format!(
        "Batas penahanan: n kurang dari {}.",
        format::count(rules.least_n)
    ));
    b
}

fn trend() -> Block {
    block(
        "Diagram tren (XmR)",
        &[
            "24 bulan terakhir; batas alami = rata-rata ± 2,66 × rata-rata selisih bergerak, dipotong pada 0 dan 100 %.",
            "Titik di luar batas, atau rangkaian panjang di satu sisi rata-rata, adalah sinyal; selebihnya naik-turun yang wajar dan tidak perlu ditafsirkan.",
            "Bulan tanpa berkas yang cukup adalah celah: tidak ada titik dan garis terputus.",
        ],
        "Wheeler, D. J. (1993), Understanding Variation",
    )
}

fn quality() -> Block {
    block(
        "Mutu data",
        &[
            "Baris atau nilai yang tidak dapat dibaca atau bertentangan dicatat sebagai temuan dan dihitung; tidak ada yang dibuang atau diperbaiki diam-diam.",
            "Temuan yang menahan publikasi harus diselesaikan sebelum laporan diterbitkan.",
            "Baris yang sama pada setiap kolom dihitung satu kali, dengan temuan.",
        ],
        "Aturan hitung tepat, bagian 6",
    )
}
