//! Rules of the satisfaction survey, each with its source mark, so that an agency can confirm them against its own copy.

use super::Block;
use crate::config::ikm::PartialForms;
use crate::format;
use crate::report::ikm::IkmReport;
use crate::standard::Instrument;
use crate::standard::instrument::SourceMark;

use SourceMark::{Chosen, Computed, Read, SecondHand};

/// A rule and how sure it is.
type Rule<'a> = (SourceMark, &'a str);

fn marked(title: &str, rules: &[Rule], source: &str) -> Block {
    let rules = rules.iter().map(|(mark, rule)| said(*mark, rule));
    Block {
        title: title.to_owned(),
        rules: rules.collect(),
        source: source.to_owned(),
    }
}

fn said(mark: SourceMark, rule: &str) -> String {
    format!("[{}] {rule}", mark.code())
}

/// All rules of the report on the survey.
pub fn ikm(r: &IkmReport) -> Vec<Block> {
    let mut blocks = vec![marks()];
    let surveys = std::iter::once(&r.ikm.survey).chain(&r.ikm.internal);
    blocks.extend(surveys.map(|s| instrument(&s.instrument)));
    blocks.extend([
        answers(r),
        index(),
        sample(),
        interval(),
        respondents(r),
        trend(),
        beside(),
        suggestions(),
        plan(),
    ]);
    blocks
}

fn marks() -> Block {
    Block {
        title: "Tanda sumber".to_owned(),
        rules: vec![
            said(Read, "dibaca pada naskah yang disebut."),
            said(SecondHand, "dibaca pada sumber kedua (laporan atau aplikasi instansi lain); lampiran peraturannya sendiri tidak tersedia."),
            said(Computed, "hitungan sendiri."),
            said(Chosen, "pilihan tepat, karena tidak ada sumber yang menentukan."),
            "Aturan bertanda [V2] dan [O] perlu dicocokkan kantor dengan naskah peraturan miliknya; bila berbeda, berkas instrumen pada folder standards/ikm atau pengaturan diubah, dan laporan dibuat lagi.".to_owned(),
        ],
        source: "Aturan IKM tepat".to_owned(),
    }
}

/// What the file of an instrument says of itself.
fn instrument(i: &Instrument) -> Block {
    let titles: Vec<&str> = i.elements.iter().map(|e| e.title.as_str()).collect();
    let mut rules = vec![said(
        i.mark,
        &format!("Unsur menurut urutan naskah: {}.", titles.join("; ")),
    )];
    rules.push(match i.bands.is_empty() {
        true => said(
            i.bands_mark,
            "Batas mutu instrumen ini belum terverifikasi; karena itu tidak ada mutu yang disebut.",
        ),
        false => {
            let bands: Vec<String> = i.bands.iter().map(band).collect();
            let words = format!(
                "Batas mutu atas IKM yang sudah dibulatkan: {}.",
                bands.join("; ")
            );
            said(i.bands_mark, &words)
        }
    });
    rules.extend(i.notes.iter().map(|(mark, note)| said(*mark, note)));
    Block {
        title: format!("Instrumen: {}", i.title),
        rules,
        source: format!("{}; berkas {}", i.basis.trim_end_matches('.'), i.file),
    }
}

fn band(b: &crate::standard::instrument::Band) -> String {
    let edge = |hundredths: i64| format::decimal(hundredths as f64 / 100.0, 2);
    format!(
        "{} {}–{} ({})",
        b.grade,
        edge(b.from),
        edge(b.to),
        b.performance
    )
}

fn answers(r: &IkmReport) -> Block {
    let rule = match r.settings.partial_forms {
        PartialForms::Available => {
            "Formulir yang tidak lengkap dihitung pada unsur yang dijawabnya (pengaturan partial_forms = available); IKM menurut formulir lengkap saja ditampilkan di sampingnya, beserta n keduanya."
        }
        PartialForms::Complete => {
            "Hanya formulir yang menjawab semua unsur dihitung (pengaturan partial_forms = complete); IKM menurut semua jawaban yang tersedia ditampilkan di sampingnya, beserta n keduanya."
        }
    };
    marked(
        "Jawaban",
        &[
            (
                SecondHand,
                "Skala 1 sampai 4; kata-kata tiap angka tercantum pada kuesioner.",
            ),
            (
                Chosen,
                "Jawaban kosong dan jawaban di luar 1–4 diperlakukan sebagai tidak menjawab: tidak pernah nol, tidak pernah dibuang diam-diam. Banyaknya yang menjawab dan yang kosong dicetak pada tiap unsur; jawaban di luar skala menjadi temuan.",
            ),
            (Chosen, rule),
            (
                Chosen,
                "Responden adalah formulir yang menjawab sekurang-kurangnya satu unsur. Formulir dengan nomor yang sama dihitung satu kali. Bila suatu unsur tidak dijawab siapa pun, IKM tidak dapat dinilai dan tidak diberi mutu.",
            ),
            (
                Chosen,
                "Jawaban disimpan menurut kode unsur. Berkas yang kepalanya hanya menyebut U8 dan U9 ditolak sampai urutannya dinyatakan, karena dua urutan beredar.",
            ),
        ],
        "Aturan IKM tepat",
    )
}

fn index() -> Block {
    marked(
        "NRR, IKM dan pembulatan",
        &[
            (
                SecondHand,
                "NRR unsur = jumlah jawaban dibagi banyaknya yang menjawab unsur itu. SKM = jumlah (bobot × NRR); IKM = 25 × SKM.",
            ),
            (
                Read,
                "Jumlah bobot seluruh unsur tetap 1. Bobot tercatat sebagai pecahan tepat dan ditolak bila jumlahnya bukan 1.",
            ),
            (
                Computed,
                "Seluruh hitungan memakai pecahan tepat dan dibulatkan sekali pada akhirnya: setengah ke atas, dua desimal. Nilai yang sudah dibulatkan itulah yang digolongkan menurut batas mutu; hanya urutan ini yang tidak menyisakan celah. Nilai yang dicetak (NRR dua desimal, tertimbang empat desimal) tidak pernah dihitung kembali.",
            ),
            (
                Chosen,
                "IKM unit dihitung atas seluruh responden bersama-sama, bukan rata-rata nilai layanan; n keduanya dicetak.",
            ),
            (
                Computed,
                "Bobot 0,11 atau 0,111 sebagai pengganti 1/9 adalah kekeliruan yang lazim: jawaban 4 pada semua unsur lalu menghasilkan 99,00 atau 99,90. Bobot semacam itu hanya dipakai untuk mengulang angka arsip, dan disebut di tempat dipakainya.",
            ),
            (
                Chosen,
                "Unsur terlemah dan terkuat diurutkan menurut pecahan tepat; bila tepat sama, menurut urutan unsur, dan kesamaan itu disebut.",
            ),
        ],
        "PermenPANRB Nomor 14 Tahun 2017; aturan IKM tepat",
    )
}

fn sample() -> Block {
    marked(
        "Kecukupan responden dan tingkat jawaban",
        &[
            (
                Read,
                "Krejcie dan Morgan: n = X²·N·P(1−P) / (d²(N−1) + X²·P(1−P)), dengan X² = 3,841, P = 0,5, d = 0,05, dibulatkan setengah ke atas. Sampai N = 10 semua penerima layanan diperlukan.",
            ),
            (
                Chosen,
                "N adalah banyaknya berkas yang hasilnya diserahkan pada periode menurut data berkas, bukan banyaknya formulir: langkah penyerahan menurut standar pertama kali selesai dalam periode, apa pun hasilnya. Bila standar tidak menyebut langkah itu, atau berkas terbit tidak mencatat selesainya, dipakai tanggal keputusan. Berkas ditolak yang tidak diserahkan bukan penerima layanan.",
            ),
            (
                Chosen,
                "Rumus hanya menyatakan apakah jumlahnya memadai; jawaban tidak pernah disisihkan. Satu responden tidak pernah memadai. Tanpa penerima layanan kecukupan tidak dapat dinilai.",
            ),
            (
                Chosen,
                "Tingkat jawaban = responden dibagi penerima layanan. Bila responden lebih banyak daripada penerima, tingkat jawaban tidak dapat dinilai.",
            ),
            (
                Chosen,
                "Saluran hanya diketahui dari berkas; karena itu menurut saluran yang dihitung adalah formulir yang menyebut nomor berkasnya.",
            ),
        ],
        "Krejcie, R. V. dan Morgan, D. W. (1970), Educational and Psychological Measurement 30, 607–610",
    )
}

fn interval() -> Block {
    marked(
        "Selang, perubahan dan keandalan",
        &[
            (
                Chosen,
                "Selang 95 % IKM menurut bootstrap persentil: responden yang dihitung ditarik ulang dengan pengembalian sebanyak n, seribu kali, dan IKM dihitung lagi setiap kali; batasnya adalah nilai ke-25 terkecil dan ke-25 terbesar, tanpa interpolasi. Tidak ada selang bila responden kurang dari dua, atau bila pada salah satu ulangan suatu unsur tidak dijawab siapa pun.",
            ),
            (
                Chosen,
                "Cara menariknya tetap, sehingga siapa pun dapat mengulanginya: responden diurutkan menurut jawabannya (kode unsur menurut abjad, kosong sebelum 1) dan dinomori dari 0; bilangan acak dari SplitMix64 dengan benih 142017; bilangan x menunjuk responden ⌊x·n/2⁶⁴⌋; n bilangan pertama adalah ulangan pertama, dan seterusnya.",
            ),
            (
                Chosen,
                "Selang selisih menarik ulang kedua kelompok masing-masing: benih 142017 untuk periode ini atau yang dilayani terlambat, 252004 untuk periode pembanding atau yang tepat waktu. Terhadap angka arsip selisihnya disebut tanpa selang, karena formulirnya tidak ada. Suatu perbedaan disebut lebih dari kebetulan hanya bila selangnya tidak memuat nol.",
            ),
            (
                Chosen,
                "Selang itu menyatakan ketidakpastian karena siapa yang menjawab; ia tidak mencakup mereka yang tidak menjawab, dan tidak dikoreksi untuk jumlah penerima yang terbatas.",
            ),
            (
                Chosen,
                "Alfa Cronbach dihitung atas formulir yang menjawab semua unsur.",
            ),
        ],
        "Efron, B. (1979), Annals of Statistics 7; Steele, G. L. dkk. (2014), OOPSLA; Cronbach, L. J. (1951), Psychometrika 16",
    )
}

fn respondents(r: &IkmReport) -> Block {
    let ages: Vec<String> = r.settings.age_bands.iter().map(u8::to_string).collect();
    let bands = match ages.is_empty() {
        true => "Kelompok umur tidak dibagi (pengaturan age_bands kosong).".to_owned(),
        false => format!(
            "Batas bawah kelompok umur: {} tahun (pengaturan age_bands); tidak ada pembagian baku.",
            ages.join(", ")
        ),
    };
    marked(
        "Kelompok responden",
        &[
            (Chosen, &bands),
            (
                Chosen,
                "Yang tidak mengisi ditampilkan sebagai kelompok tersendiri, sehingga setiap tabel berjumlah n. Saluran adalah saluran berkas yang disebut formulir.",
            ),
            (
                SecondHand,
                "Jam pengisian, jenis kelamin, pendidikan dan pekerjaan menurut kuesioner yang lazim dipakai.",
            ),
            (
                Chosen,
                "Nama, nomor telepon dan nomor identitas tidak diimpor.",
            ),
        ],
        "Aturan IKM tepat",
    )
}

fn trend() -> Block {
    marked(
        "Tren dan angka arsip",
        &[
            (
                Chosen,
                "Setiap periode memakai instrumen yang berlaku pada hari pertamanya atau yang dinyatakan pengaturan. Periode dengan instrumen berbeda tidak dihubungkan garis dan tidak diperbandingkan.",
            ),
            (
                Chosen,
                "Angka yang pernah diterbitkan disimpan sebagaimana diterbitkan, dengan mutu menurut batas instrumennya sendiri; tidak pernah digolongkan ulang.",
            ),
            (
                Chosen,
                "Bobot lama hanya mengulang angka arsip; periode yang dihitung selalu memakai bobot tepat.",
            ),
        ],
        "Aturan IKM tepat",
    )
}

fn beside() -> Block {
    marked(
        "Di samping survei: waktu, biaya, yang tidak menjawab",
        &[
            (
                Chosen,
                "Ketepatan waktu adalah berkas yang diputus tepat waktu dibagi berkas yang diputus pada periode, menurut standar pelayanan. Formulir terhubung dengan berkas hanya bila menyebut nomor berkas yang ada pada data; keterlambatannya adalah penilaian berkas itu.",
            ),
            (
                Chosen,
                "Perbedaan penilaian antara yang dilayani terlambat dan tepat waktu adalah hubungan pada formulir yang terhubung. Ia bukan bukti sebab, dan formulir yang terhubung belum tentu mewakili semua.",
            ),
            (
                SecondHand,
                "Jawaban “gratis” bernilai 4; unsur biaya pada layanan tanpa tarif karena itu hampir selalu tertinggi. Nilainya ditandai sebagai batas atas, bukan capaian, tetapi tetap ikut dalam IKM sebagaimana ditetapkan instrumen.",
            ),
            (
                Chosen,
                "Layanan dianggap tanpa tarif kecuali dinyatakan bertarif pada pengaturan (charged_services).",
            ),
        ],
        "Aturan IKM tepat; SOP bagian J",
    )
}

fn suggestions() -> Block {
    marked(
        "Saran dan penyamaran",
        &[
            (
                Chosen,
                "Saran dikelompokkan pada unsur yang kata kuncinya paling banyak muncul di dalamnya (kata kunci tercantum pada berkas instrumen); bila sama, pada unsur yang lebih dahulu; yang tidak memuat satu pun disebut umum. Pengelompokan ini kasar dan tidak memengaruhi angka.",
            ),
            (
                Chosen,
                "Disamarkan otomatis: alamat surel dan laman, nama akun sesudah @, bilangan enam angka atau lebih (telepon, NIK, NPWP, nomor resi), nomor kendaraan, dan kata sesudah Bapak, Ibu, Sdr. dan sejenisnya atau sesudah “atas nama”.",
            ),
            (
                Chosen,
                "Penyamaran tidak mengenali nama tanpa sapaan, nama panggilan, nama usaha, alamat, jabatan yang hanya dipegang satu orang, atau peristiwa yang hanya dialami satu orang; ia dapat pula menyamarkan kata biasa. Karena itu saran harus dibaca orang sebelum dibagikan.",
            ),
        ],
        "Aturan IKM tepat",
    )
}

fn plan() -> Block {
    marked(
        "Rencana tindak lanjut",
        &[
            (
                SecondHand,
                "Rencana memuat prioritas unsur, program atau kegiatan, triwulan, dan penanggung jawab; hasilnya dilaporkan pada periode berikutnya.",
            ),
            (
                Chosen,
                "Triwulan dibaca dari batas waktu yang diisi. Nilai “saat itu” dibaca dari laporan yang terbit, nilai “sekarang” dari laporan ini; perubahannya belum tentu akibat tindak lanjut.",
            ),
        ],
        "Aturan IKM tepat; SOP bagian T",
    )
}
