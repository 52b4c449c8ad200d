//! The workbook's styles, page set-up and headings, the same for every report.

use anyhow::Context as _;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};

use crate::config::Office;
use crate::instant::{DAY_SECONDS, Instant};
use crate::report::SYNTHETIC_BANNER;

/// Excel's day number of 1970-01-01.
pub const EPOCH_SERIAL: f64 = 25_569.0;

/// Columns the banner's colour reaches over, so that its text is seen whole.
const BANNER_COLUMNS: u16 = 6;

/// Dates in Indonesian whatever the reader's own settings are.
pub const DATE_FORMAT: &str = "[$-421]d mmm yyyy";
/// Date and time, in the office's local time.
pub const DATETIME_FORMAT: &str = "[$-421]d mmm yyyy hh:mm";

const STRONG: Color = Color::RGB(0x0016_395F);
const SOFT: Color = Color::RGB(0x004D_5A6A);
const LINE: Color = Color::RGB(0x00D5_DAE1);
const TINT: Color = Color::RGB(0x00EE_F2F7);

/// Cell formats by what they mean.
#[derive(Debug, Clone)]
pub struct Styles {
    pub title: Format,
    pub subtitle: Format,
    pub banner: Format,
    pub section: Format,
    pub head: Format,
    pub head_number: Format,
    pub code: Format,
    pub text: Format,
    pub strong: Format,
    pub note: Format,
    pub number: Format,
    pub decimal: Format,
    pub share: Format,
    pub printed: Format,
    pub date: Format,
    pub datetime: Format,
    pub plain: Format,
    pub wrapped: Format,
    pub late: Format,
    pub watch: Format,
    pub centre: Format,
    pub line: Format,
}

impl Styles {
    pub fn new() -> Self {
        let base = Format::new().set_font_name("Calibri").set_font_size(10);
        let cell = base
            .clone()
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(LINE);
        // Beside a text of several lines, the others stand at its first.
        let plain = base.clone().set_align(FormatAlign::Top);
        let head = base
            .clone()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(STRONG)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        Self {
            title: base
                .clone()
                .set_font_size(16)
                .set_bold()
                .set_font_color(STRONG),
            subtitle: base.clone().set_font_color(SOFT),
            banner: base
                .clone()
                .set_bold()
                .set_font_color(Color::RGB(0x0051_3B00))
                .set_background_color(Color::RGB(0x00FF_F1C9)),
            section: base
                .clone()
                .set_font_size(12)
                .set_bold()
                .set_font_color(STRONG)
                .set_border_bottom(FormatBorder::Medium)
                .set_border_bottom_color(STRONG),
            head_number: head.clone().set_align(FormatAlign::Right),
            head,
            code: cell.clone().set_font_size(7).set_font_color(SOFT),
            text: cell.clone().set_text_wrap(),
            strong: cell.clone().set_bold().set_text_wrap(),
            note: base
                .clone()
                .set_font_color(SOFT)
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            number: cell.clone().set_num_format("#,##0"),
            decimal: cell.clone().set_num_format("#,##0.0"),
            share: cell.clone().set_num_format("0.0%"),
            printed: cell
                .clone()
                .set_align(FormatAlign::Right)
                .set_background_color(TINT),
            date: plain
                .clone()
                .set_align(FormatAlign::Left)
                .set_num_format(DATE_FORMAT),
            datetime: plain
                .clone()
                .set_align(FormatAlign::Left)
                .set_num_format(DATETIME_FORMAT),
            plain: plain.clone(),
            wrapped: plain.clone().set_text_wrap(),
            late: mark(0x009C_1C00, 0x00FB_E3DA).set_bold(),
            watch: mark(0x0067_4B00, 0x00FF_F1C9),
            centre: base.clone().set_align(FormatAlign::Center).set_text_wrap(),
            line: base
                .clone()
                .set_align(FormatAlign::Center)
                .set_border_bottom(FormatBorder::Thin),
        }
    }
}

impl Default for Styles {
    fn default() -> Self {
        Self::new()
    }
}

/// A mark of a conditional format: ink on ground.
fn mark(ink: u32, ground: u32) -> Format {
    Format::new()
        .set_font_color(Color::RGB(ink))
        .set_background_color(Color::RGB(ground))
}

/// A workbook being written, with what every sheet repeats.
pub struct Book<'a> {
    pub workbook: Workbook,
    pub styles: Styles,
    office: &'a Office,
    /// e.g. `Juni 2026`.
    period_name: String,
    /// e.g. `Keadaan per 1 Juli 2026 pukul 00.00 WITA · Edisi 1`.
    state: String,
}

impl<'a> Book<'a> {
    /// An empty workbook. `as_of` stands in for the time of its making, so that equal inputs are equal bytes.
    ///
    /// # Errors
    /// An `as_of` that Excel's calendar does not have.
    pub fn new(
        office: &'a Office,
        title: &str,
        period_name: &str,
        state: &str,
        as_of: Instant,
    ) -> anyhow::Result<Self> {
        let made = ExcelDateTime::from_timestamp(as_of.local_seconds())
            .context("as_of is no date a workbook can hold")?;
        let properties = DocProperties::new()
            .set_title(format!("{title} – {period_name}"))
            .set_company(office.name.as_str())
            .set_creation_datetime(&made);
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties);
        workbook.set_zip_compression_level(3);
        Ok(Self {
            workbook,
            styles: Styles::new(),
            office,
            period_name: period_name.to_owned(),
            state: state.to_owned(),
        })
    }

    /// Rows above the first row a sheet may use itself.
    pub fn heading_rows(&self) -> u32 {
        4
    }

    /// Title, office, state and banner, and the printed page: A4, fit to width, header and footer.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn heading(
        &self,
        sheet: &mut Worksheet,
        title: &str,
        landscape: bool,
    ) -> anyhow::Result<()> {
        let s = &self.styles;
        let full = format!("{title} – {}", self.period_name);
        sheet.write_string_with_format(0, 0, full, &s.title)?;
        let office = format!(
            "{} · {} · {}",
            self.office.name, self.office.unit, self.office.province
        );
        sheet.write_string_with_format(1, 0, office, &s.subtitle)?;
        let state_format = if self.office.synthetic {
            &s.banner
        } else {
            &s.subtitle
        };
        let state = match self.office.synthetic {
            true => format!("{SYNTHETIC_BANNER}. {}", self.state),
            false => self.state.clone(),
        };
        for col in 1..BANNER_COLUMNS {
            sheet.write_blank(2, col, state_format)?;
        }
        sheet.write_string_with_format(2, 0, state, state_format)?;
        self.page(sheet, landscape);
        Ok(())
    }

    fn page(&self, sheet: &mut Worksheet, landscape: bool) {
        sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.5, 0.5, 0.75, 0.7, 0.3, 0.3);
        if landscape {
            sheet.set_landscape();
        }
        let banner = if self.office.synthetic {
            SYNTHETIC_BANNER
        } else {
            ""
        };
        // A header holds 255 characters with its codes; `&` starts a code.
        let office: String = self.office.name.chars().take(80).collect();
        let office = office.replace('&', "&&");
        sheet.set_header(format!(
            "&L&8{office}&C&8&B{banner}&R&8{}",
            self.period_name
        ));
        sheet.set_footer("&L&8&A&R&8Halaman &P dari &N");
    }
}

/// Excel's number of a local date and time.
pub fn serial(t: Instant) -> f64 {
    t.local_seconds() as f64 / DAY_SECONDS as f64 + EPOCH_SERIAL
}
