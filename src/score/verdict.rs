//! The words a step or a case is judged by (scoring.md, section 4).

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant,)*];
            /// The word of scoring.md, as written to files.
            pub fn code(self) -> &'static str { match self { $($name::$variant => $code,)* } }
            /// The word printed in reports, formal Indonesian.
            pub fn label(self) -> &'static str { match self { $($name::$variant => $label,)* } }
        }
    };
}

words! {
    /// Verdict on the day window of one execution.
    DayVerdict {
        NoStandard = "no_standard", "Tanpa batas hari";
        NotAssessable = "not_assessable", "Tidak dapat dinilai";
        ClockNotStarted = "clock_not_started", "Hitungan belum berjalan";
        BeforeClock = "before_clock", "Sebelum hitungan dimulai";
        OnTime = "on_time", "Tepat waktu";
        Late = "late", "Terlambat";
        Running = "running", "Berjalan";
        Overdue = "overdue", "Lewat batas";
    }
}

words! {
    /// Verdict on the service minutes of one execution.
    MinuteVerdict {
        NoStandard = "no_standard", "Tanpa batas menit";
        NotAssessable = "not_assessable", "Tidak dapat dinilai";
        Open = "open", "Belum selesai";
        Within = "within", "Sesuai";
        Over = "over", "Melebihi";
        Under = "under", "Lebih cepat dari batas";
    }
}

words! {
    /// Verdict on the whole case.
    CaseVerdict {
        NoStandard = "no_standard", "Tanpa standar";
        Withdrawn = "withdrawn", "Dicabut dalam batas";
        WithdrawnLate = "withdrawn_late", "Dicabut setelah lewat batas";
        ClockNotStarted = "clock_not_started", "Hitungan belum berjalan";
        NotAssessable = "not_assessable", "Tidak dapat dinilai";
        OnTime = "on_time", "Tepat waktu";
        Late = "late", "Terlambat";
        Running = "running", "Berjalan";
        Overdue = "overdue", "Lewat batas";
    }
}

impl DayVerdict {
    /// The four verdicts a stage may take, and that carry an offset.
    pub fn is_counted(self) -> bool {
        matches!(
            self,
            Self::OnTime | Self::Late | Self::Running | Self::Overdue
        )
    }
}
