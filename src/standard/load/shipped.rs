//! The files of `standards/` that are inside the binary. A new file is one line here; a test fails for one left out.

/// Path as shown in messages, and contents.
pub(super) const SHIPPED: &[(&str, &[u8])] = &[
    (
        "standards/calendar/kaltim.toml",
        include_bytes!("../../../standards/calendar/kaltim.toml"),
    ),
    (
        "standards/calendar/nasional.csv",
        include_bytes!("../../../standards/calendar/nasional.csv"),
    ),
    (
        "standards/calendar/nasional.toml",
        include_bytes!("../../../standards/calendar/nasional.toml"),
    ),
    (
        "standards/sop/SOP-LP2N-KOM-03.rev03.toml",
        include_bytes!("../../../standards/sop/SOP-LP2N-KOM-03.rev03.toml"),
    ),
];
