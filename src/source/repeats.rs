//! Survey forms of one number: the same form delivered twice counts once, different forms under one number all count.
//!
//! In: forms in their total order. Out: the same without equal ones, and a finding for each number that was there more than once.
//! Which of two different forms is meant is not guessed: where an office begins its numbers again each month, both are real.

use crate::finding::{Check, Finding};
use crate::snapshot::ResponseRow;

/// Takes out equal forms; the rows must be sorted.
pub fn once(rows: &mut Vec<ResponseRow>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let numbers = rows.chunk_by(|a, b| a.response_id == b.response_id);
    for same in numbers.filter(|same| same.len() > 1) {
        let id = &same[0].response_id;
        let different = same.chunk_by(|a, b| a == b).count();
        if different < same.len() {
            let message = format!(
                "Formulir {id} tercatat {} kali dengan isi yang sama; yang sama dihitung satu kali.",
                same.len() + 1 - different
            );
            findings.push(Finding::new(Check::DuplicateRow, id, message));
        }
        if different > 1 {
            let message = format!(
                "Nomor formulir {id} dipakai oleh {different} formulir yang berbeda isinya; semuanya dihitung."
            );
            findings.push(Finding::new(Check::UnreadableRow, id, message));
        }
    }
    if findings.iter().any(|f| f.check == Check::DuplicateRow) {
        rows.dedup();
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(id: &str, service: &str) -> ResponseRow {
        ResponseRow {
            response_id: id.to_owned(),
            answered_on: chrono::NaiveDate::MIN,
            service: service.into(),
            case_id: None,
            answers: Default::default(),
            sex: None,
            age: None,
            education: None,
            occupation: None,
            hour_band: None,
            suggestion: None,
        }
    }

    #[test]
    fn a_form_delivered_twice_counts_once_and_two_of_one_number_both() {
        let mut rows = vec![
            form("1", "A"),
            form("1", "A"),
            form("1", "B"),
            form("2", "A"),
        ];
        let said: Vec<String> = once(&mut rows).into_iter().map(|f| f.message).collect();
        assert_eq!(rows, [form("1", "A"), form("1", "B"), form("2", "A")]);
        assert_eq!(
            said,
            [
                "Formulir 1 tercatat 2 kali dengan isi yang sama; yang sama dihitung satu kali.",
                "Nomor formulir 1 dipakai oleh 2 formulir yang berbeda isinya; semuanya dihitung.",
            ]
        );
        assert!(once(&mut vec![form("1", "A"), form("2", "A")]).is_empty());
    }
}
