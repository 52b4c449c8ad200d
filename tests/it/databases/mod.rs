//! Real PostgreSQL, MariaDB and SQLite databases as sources, through the real binary.

mod harness;
