//! Pages of a list.

/// The most that one page holds.
pub const MAX_PAGE: u32 = 100;
