//! What was read, frozen: the contract's rows, the findings of the reading, and the view of it at any `as_of`.

pub mod answers;
pub mod beside;
pub mod checks;
pub mod contract;
mod digest;
pub mod extract;
mod frames;
pub mod freeze;
pub mod kinds;
mod pack;
mod regular;
mod sorter;
pub mod survey;
pub mod view;
pub mod word;

pub use answers::Answers;
pub use checks::check;
pub use contract::{CaseRow, Noted, Outcome, Snapshot, StepRow, UNRECORDED};
pub use extract::{Extract, Gathering};
pub use freeze::{FreezeError, Frozen, freeze, load};
pub use kinds::{ComplaintRow, FollowupRow, ResponseRow, StaffRow};
pub use view::{Bound, Cut};
pub use word::Word;
