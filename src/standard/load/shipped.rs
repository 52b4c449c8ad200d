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
        "standards/ikm/internal-contoh.toml",
        include_bytes!("../../../standards/ikm/internal-contoh.toml"),
    ),
    (
        "standards/ikm/kep-25-2004.toml",
        include_bytes!("../../../standards/ikm/kep-25-2004.toml"),
    ),
    (
        "standards/ikm/permenpanrb-14-2017.toml",
        include_bytes!("../../../standards/ikm/permenpanrb-14-2017.toml"),
    ),
    (
        "standards/ikm/permenpanrb-16-2014.toml",
        include_bytes!("../../../standards/ikm/permenpanrb-16-2014.toml"),
    ),
    (
        "standards/sop/SOP-LP2N-KOM-03.rev03.toml",
        include_bytes!("../../../standards/sop/SOP-LP2N-KOM-03.rev03.toml"),
    ),
];
