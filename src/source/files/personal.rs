//! Which columns of a survey hold what may not be kept: names, telephone and identity numbers, addresses.
//!
//! In: a header. Out: yes or no. A question of many words is no such column, whatever it mentions.

use crate::source::row::scale::folded;

/// Words that make a short header one of these wherever they stand.
const WORDS: &[&str] = &[
    "nik",
    "ktp",
    "npwp",
    "kk",
    "sim",
    "paspor",
    "passport",
    "hp",
    "handphone",
    "ponsel",
    "telp",
    "tlp",
    "telepon",
    "telpon",
    "phone",
    "whatsapp",
    "wa",
    "email",
    "surel",
    "alamat",
    "address",
    "username",
    "ttd",
];
/// Of two words.
const PAIRS: &[&str] = &[
    "e mail",
    "nomor identitas",
    "no identitas",
    "kartu identitas",
    "tanggal lahir",
    "tempat lahir",
    "tgl lahir",
    "tanda tangan",
    "nama pengguna",
    "no rekening",
    "nomor rekening",
    "full name",
];
/// What follows `nama` where a person is meant; alone it means one too.
const WHOSE: &[&str] = &[
    "lengkap",
    "responden",
    "pemohon",
    "anda",
    "saudara",
    "pengisi",
    "penerima",
    "pelanggan",
    "bapak",
    "ibu",
    "dan",
    "no",
    "nomor",
    "jelas",
    "asli",
    "orang",
    "wajib",
    "opsional",
    "boleh",
    "tidak",
];
/// Headers of more words are questions.
const MOST_WORDS: usize = 7;

/// Whether a column of this name holds what tells who somebody is.
pub(super) fn is_personal(header: &str) -> bool {
    let folded = folded(header);
    let words: Vec<&str> = folded.split(' ').collect();
    if words.len() > MOST_WORDS {
        return false;
    }
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    let is_name = |at: usize| {
        matches!(words[at], "nama" | "name")
            && words.get(at + 1).is_none_or(|next| WHOSE.contains(next))
            && (words[at] == "nama" || words.len() == 1)
    };
    words.iter().any(|w| WORDS.contains(w))
        || pairs.into_iter().any(|pair| PAIRS.contains(&pair.as_str()))
        || (0..words.len()).any(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_somebody_is_is_told_from_what_is_asked() {
        for header in [
            "Nama",
            "NAMA LENGKAP",
            "Nama (boleh tidak diisi)",
            "NIK",
            "No. KTP/NIK",
            "Nomor HP",
            "No. Telp/WA",
            "Email Address",
            "E-mail",
            "Alamat email",
            "Alamat rumah",
            "Tanggal lahir",
            "Nama Responden",
            "Full name",
            "Name",
            "Nama pengguna",
        ] {
            assert!(is_personal(header), "{header}");
        }
        for header in [
            "Nama layanan",
            "Nama izin yang diurus",
            "Jenis layanan",
            "Cap waktu",
            "Saran dan masukan",
            "Umur",
            "Nomor berkas",
            "Nomor antrean",
            "Pekerjaan",
            "U8",
            "Service name",
            "Bagaimana pendapat Saudara tentang kejelasan alamat dan nomor telepon pengaduan?",
        ] {
            assert!(!is_personal(header), "{header}");
        }
    }
}
