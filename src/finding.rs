//! Findings on the data: what could not be read, contradicts itself, or is worth an auditor's look.
//!
//! Every other module may add findings; nothing else may happen to a doubtful row (scoring.md, section 6). Messages are
//! formal Indonesian, since they are printed in the reports; codes are stable English words for scripts.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Worth knowing; no figure is in doubt.
    Info,
    /// A figure may be in doubt for the case named.
    Warning,
    /// A row or value could not be used.
    Error,
    /// Publication is held back (exit code 3).
    Blocking,
}

impl Level {
    /// The word printed in reports.
    pub fn label(self) -> &'static str {
        match self {
            Level::Info => "Catatan",
            Level::Warning => "Peringatan",
            Level::Error => "Kesalahan",
            Level::Blocking => "Menahan publikasi",
        }
    }

    /// The code used in files.
    pub fn code(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
            Level::Blocking => "blocking",
        }
    }
}

macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $level:ident, $label:literal;)*) => {
        /// What was checked. The order is the order of the data-quality page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Check { $($(#[$doc])* $name,)* }

        impl Check {
            /// All checks, in printing order.
            pub const ALL: &[Check] = &[$(Check::$name,)*];
            /// Stable code, as printed in files.
            pub fn code(self) -> &'static str { match self { $(Check::$name => $code,)* } }
            /// Usual level of the check.
            pub fn level(self) -> Level { match self { $(Check::$name => Level::$level,)* } }
            /// What the check looks for, in formal Indonesian.
            pub fn label(self) -> &'static str { match self { $(Check::$name => $label,)* } }
        }
    };
}

checks! {
    // Reading and contract
    DuplicateCase = "duplicate_case", Blocking, "Dua berkas dengan nomor yang sama";
    DecidedBeforeReceived = "decided_before_received", Blocking, "Berkas diputus sebelum diterima";
    UnreadableRow = "unreadable_row", Error, "Baris tidak dapat dibaca atau melanggar kontrak data";
    UnreadableValue = "unreadable_value", Error, "Nilai tidak dapat dibaca dan diperlakukan sebagai kosong";
    InstantOutsideCalendar = "instant_outside_calendar", Error, "Waktu di luar tahun yang dicakup kalender";
    InstantAfterExtract = "instant_after_extract", Error, "Waktu setelah data diambil";
    UnknownService = "unknown_service", Error, "Jenis layanan tanpa standar";
    NoRevisionInForce = "no_revision_in_force", Error, "Belum ada revisi standar yang berlaku pada tanggal pendaftaran";
    StepWithoutCase = "step_without_case", Error, "Langkah tanpa berkas";
    CaseWithoutSteps = "case_without_steps", Warning, "Berkas tanpa langkah";
    UnknownStep = "unknown_step", Warning, "Langkah yang tidak dikenal dalam standar";
    DuplicateRow = "duplicate_row", Warning, "Baris ganda; dihitung satu kali";
    ReplacedRow = "replaced_row", Info, "Baris lama diganti oleh koreksi impor";
    UnpairedEvent = "unpaired_event", Warning, "Peristiwa mulai tanpa selesai, atau selesai tanpa mulai";
    OfficersDiffer = "officers_differ", Info, "Langkah dimulai dan diselesaikan oleh petugas yang berbeda";
    MissingOfficer = "missing_officer", Warning, "Pelaksana tidak tercatat";
    MissingTimestamps = "missing_timestamps", Warning, "Waktu mulai atau selesai tidak tercatat";
    CompletedBeforeStarted = "completed_before_started", Error, "Waktu selesai mendahului waktu mulai";
    OutsideServiceHours = "outside_service_hours", Info, "Langkah dicatat di luar jam pelayanan";
    TypedAfterwards = "typed_afterwards", Warning, "Waktu seragam pada banyak berkas (diduga diketik kemudian)";
    DueOnDiffers = "due_on_differs", Warning, "Batas waktu pada sumber berbeda dari hasil perhitungan";
    // Clock
    ClockFromReceipt = "clock_from_receipt", Warning, "Hari H dihitung dari waktu diterima karena pendaftaran tidak tercatat";
    RecommendationUnrecorded = "recommendation_unrecorded", Warning, "Penerimaan rekomendasi teknis tidak tercatat; dipakai hitungan pendaftaran";
    RecommendationLying = "recommendation_lying", Warning, "Rekomendasi teknis tidak segera diproses (dua hari kerja atau lebih)";
    PauseWithoutStart = "pause_without_start", Warning, "Awal berkas di pemohon tidak diketahui; jeda tidak dihitung";
    PauseUnusable = "pause_unusable", Warning, "Waktu berkas di pemohon tidak dapat dipakai; jeda tidak dihitung";
    BeforeClock = "before_clock", Warning, "Langkah selesai sebelum hitungan waktu dimulai";
    DecidedBeforeClock = "decided_before_clock", Error, "Berkas diputus sebelum hitungan waktu dimulai";
    OutsideHoursEntirely = "outside_hours_entirely", Warning, "Langkah seluruhnya di luar jam pelayanan; menit tidak dapat dinilai";
    // Outcome
    ClosingTimeMissing = "closing_time_missing", Error, "Hasil akhir tercatat tanpa waktu penutupan";
    OpenButDecided = "open_but_decided", Warning, "Berkas tercatat terbuka padahal langkah keputusan telah selesai";
    Reissued = "reissued", Warning, "Langkah keputusan diselesaikan lebih dari satu kali";
    IssuedButClosed = "issued_but_closed", Error, "Langkah keputusan selesai pada berkas yang ditolak atau dicabut";
    // Sequence
    MandatoryStepMissing = "mandatory_step_missing", Warning, "Langkah wajib tidak tercatat pada berkas yang sudah diputus";
    OutOfOrder = "out_of_order", Warning, "Langkah dimulai sebelum langkah wajib pendahulunya selesai";
    ReturnedTwice = "returned_twice", Info, "Berkas dikembalikan kepada pemohon lebih dari satu kali";
    DutiesJoined = "duties_joined", Warning, "Tugas yang harus terpisah dikerjakan petugas yang sama";
    // Calendar
    CalendarProvisional = "calendar_provisional", Info, "Kalender tahun yang dipakai masih sementara";
    CalendarWithoutHolidays = "calendar_without_holidays", Warning, "Tahun kalender tanpa data hari libur";
    // Survey
    FormsUnanswered = "forms_unanswered", Warning, "Formulir survei tanpa satu pun jawaban";
    ElementUnanswered = "element_unanswered", Error, "Unsur survei yang tidak dijawab siapa pun; indeks tidak dapat dihitung";
    SurveyWithoutInstrument = "survey_without_instrument", Warning, "Tidak ada instrumen survei yang berlaku pada periode";
    InstrumentUnverified = "instrument_unverified", Info, "Instrumen survei yang sebagian belum diverifikasi";
    SampleInsufficient = "sample_insufficient", Info, "Responden survei kurang dari jumlah sampel minimum";
    MoreFormsThanRecipients = "more_forms_than_recipients", Warning, "Responden survei lebih banyak daripada penerima layanan";
    HandOverUnrecorded = "hand_over_unrecorded", Info, "Penyerahan izin tidak tercatat; dipakai tanggal keputusan";
    FormServiceUnknown = "form_service_unknown", Warning, "Formulir survei untuk layanan tanpa standar";
    FormServiceDiffers = "form_service_differs", Warning, "Layanan pada formulir survei berbeda dari layanan berkasnya";
    FormCaseUnknown = "form_case_unknown", Warning, "Formulir survei menyebut nomor berkas yang tidak dikenal";
    CaseAnsweredTwice = "case_answered_twice", Info, "Lebih dari satu formulir survei untuk berkas yang sama";
    ArchiveDiffers = "archive_differs", Warning, "Hasil survei yang diarsipkan tidak dapat direproduksi";
}

/// One finding. `key` names the case, or case/step/row, it is about; empty where it concerns the whole data set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    pub level: Level,
    pub check: Check,
    pub key: String,
    pub message: String,
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Check {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        let known = Check::ALL.iter().find(|c| c.code() == code);
        let unknown = || serde::de::Error::custom(format!("unknown check {code}"));
        known.copied().ok_or_else(unknown)
    }
}

impl Finding {
    /// A finding at the check's usual level.
    pub fn new(check: Check, key: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            level: check.level(),
            check,
            key: key.into(),
            message: message.into(),
        }
    }

    /// The same finding at another level.
    pub fn at(mut self, level: Level) -> Self {
        self.level = level;
        self
    }
}
