//! What respondents of the synthetic office write on their forms, as people write: formal, hurried, thankful, cross. No name in it
//! is anybody's.

/// By element, in the order in which the synthetic survey asks them.
pub(super) const ABOUT: [&[&str]; 9] = [
    &[
        "Persyaratan sebaiknya dicantumkan lengkap di laman supaya tidak bolak-balik.",
        "Syaratnya beda antara yang di web dan yang diminta petugas",
        "Mohon fotokopi KTP tidak diminta lagi karena sudah ada di sistem.",
    ],
    &[
        "Alur pelayanannya agak rumit, mohon disederhanakan.",
        "prosedur nya terlalu panjang, tolong dipangkas",
        "Unggah berkas di aplikasi sering gagal dan harus diulang dari awal.",
    ],
    &[
        "Prosesnya lama sekali, lewat dari waktu yang dijanjikan.",
        "Tolong dipercepat, usaha kami menunggu izin ini.",
        "Mohon ada pemberitahuan bila berkas terlambat beserta alasannya.",
        "lama bgt nunggunya min, udah 3 minggu blm ada kabar",
    ],
    &[
        "Tidak ada biaya di kantor, tetapi biaya materai dan fotokopi lumayan.",
        "Mohon ditegaskan di loket bahwa layanan ini gratis.",
    ],
    &[
        "Ada salah ketik pada alamat usaha di surat izin saya, mohon lebih teliti.",
        "Hasil cetakan izin kurang jelas, kode QR tidak terbaca.",
    ],
    &[
        "Petugas belum bisa menjelaskan persyaratan teknis dengan rinci.",
        "penjelasan tiap petugas beda2, jadi bingung",
    ],
    &[
        "Petugas loket kurang ramah ketika kami bertanya.",
        "Mohon petugas lebih sabar melayani pemohon yang sudah berumur.",
    ],
    &[
        "Pengaduan lewat WhatsApp tidak pernah dibalas.",
        "Tidak tahu harus mengadu ke mana kalau berkas tidak bergerak.",
        "Kotak saran ada tetapi sepertinya tidak pernah dibuka.",
    ],
    &[
        "Tempat parkir sempit dan ruang tunggu panas.",
        "Kursi ruang tunggu kurang, banyak yang berdiri.",
        "toilet nya tolong dibersihkan tiap hari ya",
        "Mohon disediakan komputer untuk unggah berkas di loket.",
    ],
];

/// Where nothing was amiss.
pub(super) const GENERAL: &[&str] = &[
    "Pelayanan sudah baik, mohon dipertahankan.",
    "Terima kasih, petugasnya ramah dan jelas.",
    "Sudah bagus, semoga makin cepat.",
    "mantap, lanjutkan 👍",
    "Pertahankan pelayanan yang sudah baik ini, kalau bisa buka juga pada hari Sabtu.",
];

/// With a number that belongs to nobody.
pub(super) const WITH_NUMBER: &str =
    "Mohon saya dihubungi di 0800-0000-0000 bila izin sudah jadi, terima kasih.";
