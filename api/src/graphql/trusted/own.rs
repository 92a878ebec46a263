//! The documents that this program's own pages and scripts ask for. Whoever
//! embeds them can rely on their ids: what changes a document in a way that a
//! client would notice gets another number.

/// Their ids and their texts.
pub(super) const OWN: [(&str, &str); 4] = [
    (
        "masthead-feed-1",
        include_str!("../../../assets/embed/feed.graphql"),
    ),
    (
        "masthead-issue-1",
        include_str!("../../../assets/embed/issue.graphql"),
    ),
    (
        "masthead-latest-issue-1",
        include_str!("../../../assets/embed/latest_issue.graphql"),
    ),
    (
        "masthead-choices-1",
        include_str!("../../../assets/embed/choices.graphql"),
    ),
];

/// Where they stand.
pub(super) const PLACE: &str = "the embed of Masthead";
