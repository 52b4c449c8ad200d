//! Sheet Ringkasan: the headline, each figure with its code, n, interval and printed words; then the signatures.
//!
//! In: the figures. Out: one worksheet; what the sheet Matriks computes is a reference to it.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet};

use crate::measure::ikm::Ranked;
use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::ikm::workbook::keys::{of_element, printed};
use crate::report::ikm::workbook::matrix::{Line, Matrix};
use crate::report::xlsx::cells::{Value, put, put_formula, short};
use crate::report::xlsx::charts::BLUE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};
use crate::report::xlsx::sheet::Sheet;
use crate::report::xlsx::{Book, signature};
use crate::standard::instrument::{Element, Measured};

/// Columns: Kode, Uraian, Nilai, n, Selang bawah, Selang atas, Tercetak.
const WIDTHS: [f64; 7] = [25.0, 52.0, 13.0, 11.0, 12.0, 12.0, 22.0];
const LABEL: u16 = 1;
const VALUE: u16 = 2;
const N: u16 = 3;
const LOW: u16 = 4;
const PRINTED: u16 = 6;

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book, matrix: &Matrix) -> anyhow::Result<Worksheet> {
    let s = Sheet::new(v, book, "Ringkasan", WIDTHS.to_vec())?;
    let mut r = Summary {
        s,
        matrix,
        columns: columns(),
    };
    r.headline()?;
    r.s.gap();
    let heads = r.columns.clone();
    r.s.heads(&["Uraian"], &heads)?;
    r.begin("Indeks Kepuasan Masyarakat")?;
    r.unit()?;
    r.begin("Responden dan kecukupan sampel")?;
    r.sample()?;
    r.begin("Perubahan IKM (poin)")?;
    r.changes()?;
    r.begin("Unsur terlemah dan terkuat")?;
    r.ranking()?;
    r.begin("Di balik angka")?;
    r.beside()?;
    r.s.gap();
    r.s.section("Pengesahan")?;
    let (row, styles) = (r.s.row, &book.styles);
    let stretches = [(LABEL, LABEL), (VALUE, LOW), (LOW + 1, PRINTED)];
    signature::write(&mut r.s.sheet, row, stretches, v.r.office, styles)?;
    // Headline, figures and signatures on one upright page.
    r.s.sheet.set_portrait().set_print_fit_to_pages(1, 1);
    Ok(r.s.finish(BLUE))
}

fn columns() -> Vec<Column> {
    let any = Code::default;
    vec![
        Column::of_row("Nilai", any()),
        Column::new("n", any(), Show::N),
        Column::own("Selang 95 % bawah"),
        Column::own("Selang 95 % atas"),
        Column::new("Tercetak", any(), Show::Printed),
    ]
}

struct Summary<'m, 'a> {
    s: Sheet<'m, View<'a>>,
    matrix: &'m Matrix<'m>,
    columns: Vec<Column>,
}

impl Summary<'_, '_> {
    /// The result in large letters.
    fn headline(&mut self) -> anyhow::Result<()> {
        let v = self.s.c;
        let unit = Code::of("ikm.unit");
        let grade = printed(v, &Code::of("ikm.grade"));
        let large = large(&self.s.book.styles.title);
        let row = self.s.row;
        let label = format!("NILAI IKM {}", v.period_name.to_uppercase());
        let left = large.clone().set_align(FormatAlign::Left).set_font_size(14);
        let right = left.clone().set_indent(1);
        self.s
            .sheet
            .write_string_with_format(row, LABEL, short(&label), &left)?;
        let value = Value::rounded(unit.figure(v));
        let formula = format!("={}", self.matrix.cell(Line::Ikm, 0));
        self.s.sheet.merge_range(row, VALUE, row, N, "", &large)?;
        match self.matrix.live {
            true => put_formula(&mut self.s.sheet, row, VALUE, &formula, &value, &large)?,
            false => put(&mut self.s.sheet, row, VALUE, &value, &large)?,
        }
        let performance = v.performance(grade);
        let words = match performance.is_empty() {
            true => String::new(),
            false => format!("Mutu {grade} – {performance}"),
        };
        self.s
            .sheet
            .merge_range(row, LOW, row, PRINTED, &words, &right)?;
        self.s.sheet.set_row_height(row, 30)?;
        self.s.row += 1;
        let basis = format!("Menurut {}.", v.instrument().title);
        self.s.note(&basis)
    }

    fn begin(&mut self, title: &str) -> anyhow::Result<()> {
        self.s.section(title)
    }

    /// A figure with its interval, where it has one.
    fn figure(&mut self, code: &Code, label: &str, show: Show) -> anyhow::Result<()> {
        self.referring(code, label, show, None)
    }

    /// As [`Self::figure`], its value a reference to a cell of the matrix.
    fn referring(
        &mut self,
        code: &Code,
        label: &str,
        show: Show,
        cell: Option<String>,
    ) -> anyhow::Result<()> {
        let row = self.s.row;
        let cell = cell.filter(|_| self.matrix.live);
        let formula = |at, _| cell.as_ref().filter(|_| at == 0).map(|c| format!("={c}"));
        self.s
            .line_with(code, &[label], &self.columns, show, formula)?;
        let end = self.s.row;
        self.s.row = row;
        for (col, side) in (LOW..).zip([".low", ".high"]) {
            let bound = code.suffixed(side).figure(self.s.c);
            if bound.is_some() {
                self.s.cell(col, bound, show, None)?;
            }
        }
        self.s.row = end;
        Ok(())
    }

    fn unit(&mut self) -> anyhow::Result<()> {
        let m = self.matrix;
        let cell = |line| Some(m.cell(line, 0));
        let unit = Code::of("ikm.unit");
        self.referring(&unit, "IKM unit pelayanan", Show::Rounded, cell(Line::Ikm))?;
        let grade = Code::of("ikm.grade");
        self.referring(
            &grade,
            "Mutu pelayanan",
            Show::Printed,
            cell(Line::UnitGrade),
        )?;
        let partial = |rule: &str| Code::of("ikm.unit.partial").with("rule", rule);
        self.figure(
            &partial("available"),
            "IKM apabila setiap jawaban dihitung",
            Show::Rounded,
        )?;
        self.figure(
            &partial("complete"),
            "IKM apabila hanya formulir lengkap dihitung",
            Show::Rounded,
        )
    }

    fn sample(&mut self) -> anyhow::Result<()> {
        for (indicator, label, show) in [
            ("ikm.respondents", "Responden", Show::Number),
            (
                "ikm.unanswered",
                "Formulir tanpa satu pun jawaban",
                Show::Number,
            ),
            (
                "ikm.recipients",
                "Penerima layanan (berkas diserahkan)",
                Show::Number,
            ),
            (
                "ikm.sample.needed",
                "Sampel yang diperlukan (Krejcie & Morgan)",
                Show::Number,
            ),
            ("ikm.sample.reached", "Kecukupan sampel", Show::Printed),
            ("ikm.response_rate", "Tingkat respons", Show::Share),
            ("ikm.alpha", "Keandalan: alfa Cronbach", Show::Thousandths),
        ] {
            self.figure(&Code::of(indicator), label, show)?;
        }
        Ok(())
    }

    fn changes(&mut self) -> anyhow::Result<()> {
        for (versus, label) in [
            ("previous", "Terhadap semester sebelumnya"),
            ("last_year", "Terhadap semester yang sama tahun lalu"),
        ] {
            let code = Code::of("ikm.change").with("versus", versus);
            self.figure(&code, label, Show::Signed)?;
        }
        Ok(())
    }

    fn ranking(&mut self) -> anyhow::Result<()> {
        let survey = &self.s.c.r.ikm.survey;
        if survey.weakest.is_empty() {
            return self.s.note("Belum ada data.");
        }
        let weakest = survey.weakest.iter().map(|r| (r, "Terlemah"));
        let strongest = survey.strongest.iter().map(|r| (r, "Terkuat"));
        let count = survey.weakest.len();
        for (at, (ranked, word)) in weakest.chain(strongest).enumerate() {
            let place = if at < count { at + 1 } else { at + 1 - count };
            self.ranked(ranked, &format!("{word} {place}"))?;
        }
        Ok(())
    }

    fn ranked(&mut self, ranked: &Ranked, place: &str) -> anyhow::Result<()> {
        let v = self.s.c;
        let tied: Vec<&str> = ranked.tied_with.iter().map(|e| v.element(e)).collect();
        let mut label = format!("{place}: {}", v.element(&ranked.element));
        if !tied.is_empty() {
            label.push_str(&format!(" (sama dengan {})", words::listed(&tied)));
        }
        let code = Code::of("ikm.element").with("element", &ranked.element);
        let at = v.elements().iter().position(|e| e.code == ranked.element);
        let cell = at.map(|at| self.matrix.cell(Line::Nrr, at));
        self.referring(&code, &label, Show::Ratio, cell)
    }

    /// What nobody shows: timeliness as measured, ceilings, those served late.
    fn beside(&mut self) -> anyhow::Result<()> {
        let v = self.s.c;
        self.figure(
            &Code::of("ikm.timeliness"),
            "Berkas yang diputus tepat waktu (data berkas)",
            Show::Share,
        )?;
        self.figure(
            &Code::of("ikm.linked"),
            "Formulir bertaut berkas, dari penerima layanan",
            Show::Share,
        )?;
        self.figure(
            &Code::of("ikm.linked.difference"),
            "IKM yang dilayani terlambat dikurangi tepat waktu (poin)",
            Show::Signed,
        )?;
        let fee = |e: &&Element| e.measured == Some(Measured::Fee);
        for element in v.elements().iter().filter(fee) {
            let label = format!("{}: bagian jawaban tertinggi", element.title);
            self.figure(
                &of_element("ikm.element.ceiling", element),
                &label,
                Show::Share,
            )?;
        }
        Ok(())
    }
}

fn large(title: &Format) -> Format {
    title
        .clone()
        .set_font_size(20)
        .set_align(FormatAlign::Right)
        .set_align(FormatAlign::VerticalCenter)
        .set_num_format("0.00")
}
