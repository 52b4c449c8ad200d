//! The satisfaction survey: published results, edges, properties, and a recomputation by another program.

mod archived;
mod edges;
mod fixture;
mod people;
mod properties;
mod published;
mod reach;
mod recompute;
mod workspace;
