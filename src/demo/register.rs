//! What the synthetic office has beside cases and steps: its staff register, and the follow-ups of an earlier report.
//!
//! In: the roles of `permits`. Out: rows of the contract. All of it is invented: officers are codes, agencies bear names that
//! every region has, marked as examples.

use chrono::NaiveDate;

use super::permits::{self as roles, Role};
use crate::snapshot::{FollowupRow, StaffRow};

const SERVICES: &str = "Bidang Layanan Perizinan (contoh)";
const SECRETARIAT: &str = "Sekretariat (contoh)";

/// Roles as the SOP names them, with their unit.
const ROLES: [(Role, &str, &str); 11] = [
    (roles::COUNTER, "Loket Pendaftaran", SERVICES),
    (roles::VERIFIER, "Pemrosesan (Verifikasi)", SERVICES),
    (roles::CUSTOMER_SERVICE, "Customer Service", SERVICES),
    (roles::LIAISON, "Petugas Penghubung", SERVICES),
    (
        roles::DRAFTER,
        "Pemrosesan (Administrasi dan Monitoring)",
        SERVICES,
    ),
    (roles::SECTION_HEAD, "Kepala Seksi Layanan", SERVICES),
    (
        roles::DIVISION_HEAD,
        "Kepala Bidang Layanan Perizinan",
        SERVICES,
    ),
    (roles::FORUM, "Forum Rapat Gabungan", SERVICES),
    (roles::OFFICE_HEAD, "Kepala DPMPTSP", "Pimpinan (contoh)"),
    (roles::REGISTRAR, "Petugas Tata Usaha", SECRETARIAT),
    (roles::HAND_OVER, "Loket Pengambilan", SERVICES),
];

/// The agencies whose teams give the technical recommendations, one for each officer of [`roles::AGENCY`].
const AGENCIES: [&str; 5] = [
    "Dinas Kesehatan (contoh)",
    "Dinas Pekerjaan Umum (contoh)",
    "Dinas Perhubungan (contoh)",
    "Dinas Lingkungan Hidup (contoh)",
    "Dinas Komunikasi dan Informatika (contoh)",
];

/// The register: everybody in one role from the first day of the data on.
pub fn staff() -> Vec<StaffRow> {
    let mut rows = Vec::new();
    for (role, title, unit) in ROLES {
        rows.extend(role.codes().map(|code| officer(code, title, unit)));
    }
    let agencies = roles::AGENCY.codes().zip(AGENCIES.iter().cycle());
    rows.extend(agencies.map(|(code, unit)| officer(code, "Tim Teknis", unit)));
    rows.sort_unstable();
    rows
}

fn officer(code: String, role: &str, unit: &str) -> StaffRow {
    StaffRow {
        name: Some(format!("{code} (contoh)")),
        officer: code,
        from: date(2024, 1, 1),
        until: None,
        unit: Some(unit.to_owned()),
        role: Some(role.to_owned()),
        certificates: None,
    }
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

/// Number, indicator, group and finding.
type Found = (&'static str, &'static str, &'static str, &'static str);
/// Cause, action, who.
type Done = (&'static str, &'static str, &'static str);

/// What the office entered beside the findings of the second half of 2025; the last one was left as it was.
const FOLLOWUPS: [(Found, Option<Done>); 5] = [
    (
        (
            "TL-2025-S2-01",
            "stage.within_window",
            "step=12",
            "Ketepatan pemeriksaan draf oleh Kepala Seksi perlu ditingkatkan",
        ),
        Some((
            "Draf menumpuk pada akhir pekan",
            "Pembagian draf setiap hari kerja pukul 09.00",
            "Kepala Seksi Layanan",
        )),
    ),
    (
        (
            "TL-2025-S2-02",
            "stage.within_window",
            "step=13",
            "Ketepatan pemeriksaan draf oleh Kepala Bidang perlu ditingkatkan",
        ),
        Some((
            "Tidak ada pejabat pengganti ketika dinas luar",
            "Penunjukan pejabat pengganti tetap",
            "Kepala Bidang Layanan Perizinan",
        )),
    ),
    (
        (
            "TL-2025-S2-03",
            "stage.within_window",
            "step=15",
            "Ketepatan persetujuan dan tanda tangan perlu ditingkatkan",
        ),
        Some((
            "Tanda tangan masih manual",
            "Penerapan tanda tangan elektronik secara bertahap",
            "Kepala DPMPTSP",
        )),
    ),
    (
        (
            "TL-2025-S2-04",
            "agency.days_median",
            "agency=Dinas Kesehatan (contoh)",
            "Waktu penerbitan rekomendasi teknis perlu dipersingkat",
        ),
        Some((
            "Jadwal peninjauan lapangan belum tetap",
            "Kesepakatan jadwal peninjauan mingguan",
            "Petugas Penghubung",
        )),
    ),
    (
        (
            "TL-2025-S2-05",
            "on_time.due",
            "",
            "Ketepatan waktu layanan secara keseluruhan perlu dipertahankan",
        ),
        None,
    ),
];

/// The follow-ups; of the first and the third the action is done.
pub fn followups() -> Vec<FollowupRow> {
    let done_on = [
        Some(date(2026, 2, 27)),
        None,
        Some(date(2026, 4, 30)),
        None,
        None,
    ];
    let rows = FOLLOWUPS.iter().zip(done_on);
    rows.map(
        |(((id, indicator, group, finding), done), done_on)| FollowupRow {
            followup_id: (*id).to_owned(),
            period: "2025-S2".to_owned(),
            indicator: (*indicator).to_owned(),
            group: (*group).to_owned(),
            finding: (*finding).to_owned(),
            cause: done.map(|(cause, _, _)| cause.to_owned()),
            action: done.map(|(_, action, _)| action.to_owned()),
            who: done.map(|(_, _, who)| who.to_owned()),
            by_when: done.map(|_| date(2026, 3, 31)),
            done_on,
            note: None,
        },
    )
    .collect()
}
