//! Parts of workbooks: styles and page set-up, tables that spill on to further sheets, the signature block.
//!
//! In: rows and figures. Out: worksheets of a `rust_xlsxwriter` workbook. Nothing here knows of a particular report. Text is
//! always written as text, whatever it starts with; formulas are made only from names this program chose.

pub mod book;
pub mod cells;
pub mod charts;
pub mod code;
pub mod column;
pub mod criterion;
pub mod form;
pub mod guard;
mod list;
pub mod sheet;
pub mod signature;
pub mod table;

pub use book::{Book, Styles};
pub use cells::Value;
pub use criterion::Criterion;
pub use table::{Field, Grid, Kind};
