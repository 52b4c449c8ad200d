//! The method page: every counting rule in formal Indonesian, each with its source. Reusable blocks, one per subject.
//!
//! In: the office's reporting rules and the standards. Out: [`Block`]s that a page prints as sections and a sheet as rows. The
//! rules themselves stand in the code that counts; a change there is a change here. What only one standard says – its steps,
//! its limit, its pause – is worded from that standard, in [`standards`].

mod ikm;
mod performance;
mod standards;

pub use ikm::ikm;
pub use standards::standards;

use crate::config::ReportRules;
use crate::format;
use crate::standard::Library;
use crate::standard::calendar::YearStatus;

/// One subject of the method page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub title: String,
    pub rules: Vec<String>,
    /// Where the rules come from.
    pub source: String,
}

/// Puts the office's own number into a rule that holds `{n}`.
fn with_number(mut block: Block, n: u64) -> Block {
    for rule in &mut block.rules {
        *rule = rule.replace("{n}", &format::count(n));
    }
    block
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

/// All rules of the performance report: those of any review, and its own.
pub fn performance(rules: &ReportRules, library: &Library) -> Vec<Block> {
    let mut all = blocks(rules, library);
    all.extend(performance::blocks(rules));
    all
}

fn time_limit() -> Block {
    block(
        "Batas waktu",
        &[
            "Setiap berkas dinilai menurut revisi standar yang berlaku pada hari H pendaftarannya, sekalipun H kemudian bergeser. Batas tiap standar, bunyi dokumennya, dan cara membacanya tercantum pada “Standar yang dipakai”.",
            "Tanpa batas dibedakan menurut sebabnya: sesuai kebutuhan, kolom tidak terbaca pada salinan dokumen, tidak dinyatakan, atau langkah tidak dikenal standar.",
        ],
        "Standar masing-masing layanan",
    )
}

fn calendar(library: &Library) -> Block {
    let mut b = block(
        "Kalender kerja",
        &[
            "Waktu dibaca menurut zona waktu kantor dan dipotong ke detik penuh.",
            "Hari kerja adalah hari yang mempunyai jam pelayanan dan bukan hari libur. Kegiatan pada hari bukan hari kerja dihitung pada hari kerja berikutnya.",
            "Waktu layanan adalah waktu yang jatuh dalam jam pelayanan; jam di luarnya tidak dihitung.",
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
        "Hitungan waktu",
        &[
            "Hitungan pendaftaran mulai menurut standar: saat langkah pendaftaran pertama kali selesai, atau saat berkas diterima. Bila langkah itu tidak tercatat padahal berkas sudah diproses atau diputus, H dihitung dari waktu diterima, dengan temuan.",
            "H adalah tanggal mulai itu bila hari kerja dan sebelum jam tutup; selain itu hari kerja berikutnya.",
            "Hitungan utama menilai seluruh berkas. Ia sama dengan hitungan pendaftaran, kecuali berkas memerlukan rekomendasi teknis: hitungan utama mulai saat rekomendasi diserahkan. Bila penerimaan rekomendasi tidak tercatat pada berkas yang sudah diputus, dipakai hitungan pendaftaran, dengan temuan. Rekomendasi berikutnya tidak menggeser hitungan.",
            "Waktu sebelum rekomendasi diterima tidak masuk batas waktu berkas; karena itu berkas yang hitungannya belum berjalan selalu ditampilkan tersendiri.",
            "“Rekomendasi teknis tidak segera diproses” adalah temuan bila langkah penerimanya baru dimulai dua hari kerja atau lebih setelah rekomendasi diserahkan.",
        ],
        "Standar masing-masing layanan; aturan hitung tepat, bagian 3",
    )
}

fn pauses() -> Block {
    block(
        "Jeda: berkas di pemohon",
        &[
            "Jeda berlangsung dari awal langkah yang mengembalikan berkas kepada pemohon sampai langkah itu selesai, atau sampai berkas mulai dikerjakan lagi bila lebih dahulu. Bila awalnya tidak dapat ditentukan, jeda tidak dihitung, dengan temuan.",
            "Jeda yang bertumpang tindih atau bersambung digabung lebih dahulu. Jeda dihitung per hari penuh: hari kerja menjadi hari jeda hanya bila jeda mencakup seluruh jam pelayanannya; pada batas dalam hari kalender, hanya bila jeda mencakup tanggal itu seluruhnya (24 jam).",
            "Jeda yang mulai pada atau setelah hari batas tidak mengubah apa pun.",
            "Standar dapat dibaca dengan tiga cara: hari di pemohon tidak dihitung (exclude), semua hari kerja dihitung (include), atau hitungan dimulai lagi setelah berkas kembali (restart). Angka utama ditampilkan menurut ketiganya.",
        ],
        "Standar masing-masing layanan; aturan hitung tepat, bagian 3",
    )
}

fn offsets() -> Block {
    block(
        "Hitungan hari",
        &[
            "Hari ke-n adalah banyaknya hari kerja setelah H sampai hari kejadian, tanpa hari jeda. Batas H+n terpenuhi bila hitungan itu paling banyak n; sampai tengah malam hari terakhir masih tepat waktu.",
            "Tanggal batas, bagi berkas maupun langkah, adalah hari terakhir yang hitungannya masih memenuhi batas.",
            "Batas dalam hari kalender menghitung tanggal setelah tanggal mulai, termasuk hari libur; batas dalam jam menghitung waktu nyata.",
            "Keadaan dibaca pada satu saat (“keadaan per”). Yang terjadi sesudahnya dianggap belum terjadi; laporan yang dibuat kemudian untuk periode yang sama hasilnya sama, kecuali data atau kalendernya dikoreksi.",
        ],
        "Aturan hitung tepat, bagian 2 dan 3",
    )
}

fn case_verdicts() -> Block {
    block(
        "Penilaian berkas",
        &[
            "Berkas diputus: bila ditolak, pada waktu penutupan; bila terbit, saat langkah yang menjadi keputusan menurut standar pertama kali selesai, atau pada waktu penutupan bila langkah itu tidak tercatat.",
            "Sudah diputus: tepat waktu atau terlambat. Belum diputus: berjalan atau lewat batas. Dicabut pemohon dibedakan sebelum dan setelah lewat batas.",
            "Berkas tanpa standar, yang hitungannya belum berjalan, atau yang diputus sebelum hitungannya mulai tidak masuk persentase mana pun dan ditampilkan jumlahnya.",
            "Lama layanan dalam hari kerja = hari ke-n ditambah satu, karena H adalah hari pertama. Dalam hari kalender tanggal mulai tidak ikut dihitung.",
        ],
        "Aturan hitung tepat, bagian 4",
    )
}

fn step_verdicts() -> Block {
    block(
        "Penilaian langkah",
        &[
            "Setiap pelaksanaan langkah dinilai harinya dan menitnya. Penilaian hari suatu tahap diambil dari pelaksanaan terakhir yang tepat waktu, terlambat, berjalan, atau lewat batas (“penentu tahap”); bila tidak ada, dari pelaksanaan terakhir. Penilaian menit diambil dari setiap pelaksanaan.",
            "Menit dihitung sampai detik atas waktu layanan antara mulai dan selesai: pada batas 5–15 menit, 15 menit 0 detik masih sesuai dan 15 menit 1 detik melebihi. Satu angka saja (“10 menit”) adalah batas atas.",
            "Pengerjaan yang lebih cepat dari batas bawah tetap memenuhi, tetapi ditampilkan, sebab ketergesaan juga patut diperiksa.",
            "Langkah yang selesai sebelum hitungannya mulai tidak masuk persentase.",
        ],
        "Kolom Waktu standar masing-masing layanan; aturan hitung tepat, bagian 4",
    )
}

fn denominators(rules: &ReportRules) -> Block {
    let mut b = block(
        "Penyebut persentase",
        &[
            "Jatuh tempo dalam periode (angka utama): berkas yang batas waktunya jatuh dalam periode dan sudah diputus, atau belum diputus sedangkan batasnya sudah lewat. Berkas yang dicabut setelah lewat batas dihitung tidak tepat waktu.",
            "Diputus dalam periode: berkas yang diputus, apa pun batas waktunya. Angka ini saja akan menguntungkan kantor yang membiarkan berkas sulit tetap terbuka; karena itu selalu disandingkan dengan angka utama.",
            "Tidak masuk persentase, tetapi ditampilkan: dicabut dalam batas, tidak dapat dinilai, hitungan belum berjalan, dan tanpa standar. Berkas yang sedang di pemohon ditampilkan tersendiri, beserta penilaiannya bila jeda dihitung.",
            "Yang tidak masuk persentase dihitung pada periode berikut: dicabut dalam batas dan tidak dapat dinilai menurut tanggal batasnya (dicabut sebelum ada batas: menurut tanggal pencabutan); hitungan belum berjalan bila terbuka pada akhir periode; tanpa standar bila diputus atau dicabut dalam periode atau terbuka pada akhirnya.",
        ],
        "Aturan hitung tepat, bagian 5",
    );
    b.rules.push(format!(
        "Persentase dengan penyebut kurang dari {} ditahan, juga selang dan perubahannya; n tetap ditampilkan.",
        format::count(rules.least_n)
    ));
    b.rules.push(format!(
        "Berkas berjalan dengan sisa paling banyak {} hari menurut satuan batasnya disebut segera jatuh tempo.",
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
            "Persentase tahap dalam batas hari = tepat waktu dibagi (tepat waktu + terlambat + lewat batas), atas tahap yang tanggal batasnya jatuh dalam periode. Langkah wajib yang belum dimulai dan batasnya telah lewat dihitung lewat batas. Langkah yang memulai hitungan tepat waktu dengan sendirinya dan tidak diberi persentase.",
            "Ulangan adalah pelaksanaan setelah yang pertama dalam satu berkas.",
            "Waktu layanan berkas yang diputus dalam periode dan dapat dinilai, dari pendaftaran sampai keputusan, dibagi habis; setiap detik dihitung sekali menurut urutan ini: di pemohon, di OPD teknis, dikerjakan, menunggu pelaksana berikutnya. Bila langkah berikutnya tidak mencatat waktu mulai, dikerjakan dan menunggu tidak dapat dipisahkan dan disebut demikian; pada tabel langkah waktu itu masuk jam menunggu.",
            "Yang disebut dikerjakan dan menunggu hanya langkah kantor. Bila beberapa dikerjakan bersamaan, waktunya pada yang mulai terakhir; waktu setelah langkah kantor terakhir sampai keputusan pada langkah yang memutus. Waktu di OPD dihitung dari penyerahan berkas (yang terakhir sesudah rekomendasi sebelumnya; bila tidak tercatat: dari mulainya telaahan) sampai setiap rekomendasi selesai; bila selesainya tidak tercatat, sampai rekomendasi mulai diproses.",
            "Pemakaian waktu tidak dihitung bila hari libur pada tahun periode belum ada dalam kalender.",
            "Penghambat utama adalah langkah dengan waktu layanan terbanyak, di luar waktu pemohon.",
            "Pemegang berkas adalah petugas atau jabatan pada langkah yang sudah dimulai dan belum selesai; bila tidak ada, jabatan pada langkah wajib berikutnya (“menunggu”).",
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
            "Paling banyak 24 bulan terakhir, masing-masing menurut keadaan pada akhir bulan itu sendiri.",
            "Batas kendali = rata-rata ± 2,66 × rata-rata selisih mutlak antarbulan berurutan; ditampilkan terpotong pada 0 dan 100 %. Batas dihitung bila sedikitnya enam bulan bernilai.",
            "Sinyal: satu titik di luar batas kendali, atau bulan kedelapan dan seterusnya dalam rangkaian di satu sisi rata-rata. Selebihnya naik-turun yang wajar dan tidak perlu ditafsirkan.",
            "Bulan tanpa berkas yang cukup adalah celah: tidak ada titik, garis terputus, dan selisih maupun rangkaian tidak dihitung melewatinya.",
        ],
        "Wheeler, D. J. (1993), Understanding Variation",
    )
}

fn quality() -> Block {
    block(
        "Mutu data",
        &[
            "Baris atau nilai yang tidak dapat dibaca atau bertentangan dicatat sebagai temuan dan dihitung; tidak ada yang dibuang atau diperbaiki tanpa dicatat.",
            "Temuan yang menahan publikasi harus diselesaikan sebelum laporan terbit: dua berkas dengan nomor yang sama, dan berkas yang diputus sebelum tanggal diterimanya.",
            "Temuan pada berkas di luar periode dihitung, tetapi tidak dirinci; rinciannya ada pada laporan periode berkas itu.",
            "Berkas yang telah ditutup dan seluruh catatannya mendahului bulan pertama tren, dikurangi batas waktu terpanjang dan masa tinjau balik dalam pengaturan, tidak dibaca: tidak memengaruhi angka mana pun, dan temuan padanya tidak dihitung.",
            "Baris yang sama pada setiap kolom dihitung satu kali, dengan temuan.",
        ],
        "Aturan hitung tepat, bagian 6",
    )
}
