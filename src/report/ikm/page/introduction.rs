//! Chapter I: why the survey is held, what it rests on, what it is for.

use crate::report::blocks::Section;
use crate::report::html::Markup;
use crate::report::ikm::view::View;
use crate::report::words::Phrase;

/// What every survey rests on.
const BASIS: [&str; 2] = [
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
    "Peraturan Pemerintah Nomor 96 Tahun 2012 tentang Pelaksanaan Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
];

/// What the survey is for.
const AIMS: [&str; 4] = [
    "mengetahui tingkat kepuasan masyarakat atas pelayanan secara keseluruhan dan menurut unsurnya;",
    "mengetahui kelemahan dan kekuatan tiap unsur pelayanan;",
    "menjadi dasar rencana tindak lanjut perbaikan pelayanan dan penilaian atas hasilnya;",
    "memberi masyarakat gambaran terbuka tentang mutu pelayanan kantor.",
];

/// The chapter.
pub fn section(v: &View) -> Section {
    let office = &v.r.office.name;
    let criteria = match v.r.ikm.internal.is_empty() {
        true => "menurut instrumen kementerian",
        false => "menurut instrumen kementerian dan menurut kriteria internal kantor",
    };
    let background = Phrase::of(format!(
        "Penyelenggara pelayanan publik wajib melakukan survei kepuasan masyarakat secara berkala, paling sedikit satu kali setahun. {office} melaksanakannya setiap semester, {criteria}. Laporan ini memuat hasil survei {}.",
        v.period_name
    ));
    let beside = Phrase::of(
        "Pendapat responden disandingkan dengan catatan berkas pelayanan: jumlah penerima layanan, ketepatan waktu yang terukur, dan siapa yang tidak ikut menjawab. Dengan begitu pembaca dapat menilai sendiri seberapa jauh hasil survei mewakili pelayanan yang sebenarnya.",
    );
    let purpose = Phrase::of(
        "Survei dimaksudkan untuk mengukur kepuasan masyarakat sebagai penerima layanan, guna meningkatkan mutu penyelenggaraan pelayanan. Tujuannya:",
    );
    let instrument = v.instrument();
    let mut basis: Vec<Markup> = BASIS.iter().map(|b| Markup::text(b)).collect();
    basis.push(Markup::text(&format!("{}.", own_basis(instrument))));
    Section::new("bab-1", "Bab I Pendahuluan")
        .heading("1.1 Latar belakang")
        .paragraph(&background)
        .paragraph(&beside)
        .heading("1.2 Dasar pelaksanaan")
        .list(&basis)
        .heading("1.3 Maksud dan tujuan")
        .paragraph(&purpose)
        .list(&AIMS.map(Markup::text))
}

/// The instrument by its title, and what it rests on where that says more.
fn own_basis(instrument: &crate::standard::Instrument) -> String {
    let basis = instrument.basis.trim().trim_end_matches('.');
    match basis.is_empty() || basis == instrument.title {
        true => instrument.title.clone(),
        false if basis.starts_with(&instrument.title) => basis.to_owned(),
        false => format!("{} ({basis})", instrument.title),
    }
}
