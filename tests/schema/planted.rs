//! Each rule of the contract, seen to fail.

use super::contract::broken;

/// A contract that keeps every rule.
const RIGHT: &str = r#"
    """What can be asked."""
    type Query {
        """The things. `null` while there are none."""
        things(
            """How many."""
            first: Int
            """From here."""
            after: String
            """How many from the end."""
            last: Int
            """Up to here."""
            before: String
            """Which to keep."""
            filter: ThingFilter
        ): ThingConnection
    }
    """A page of things."""
    type ThingConnection {
        """The things, each with its cursor."""
        edges: [ThingEdge!]!
        """The things."""
        nodes: [Thing!]!
        """How to go on."""
        pageInfo: PageInfo!
        """How many there are."""
        totalCount: Int!
    }
    """A thing on a page."""
    type ThingEdge {
        """Where it stands."""
        cursor: String!
        """The thing."""
        node: Thing!
    }
    """How to go on."""
    type PageInfo {
        """Whether there is more."""
        hasNextPage: Boolean!
    }
    """A thing."""
    type Thing {
        """Its id."""
        id: ID!
        """Its kind."""
        kind: ThingKind!
    }
    """What a thing can be."""
    enum ThingKind {
        """A large one."""
        VERY_LARGE
    }
    """Which things to keep."""
    input ThingFilter {
        """Of one of these kinds."""
        kinds: [ThingKind!]
    }
    """How often."""
    directive @limit(
        """At most."""
        most: Int!
    ) on FIELD
    directive @skip(if: Boolean!) on FIELD
"#;

/// What is broken when one part of the right contract is another.
#[track_caller]
fn with(right: &str, wrong: &str) -> String {
    assert_eq!(RIGHT.matches(right).count(), 1, "{right}");
    broken(&RIGHT.replace(right, wrong)).join("; ")
}

#[test]
fn a_contract_that_keeps_every_rule_is_not_blamed() {
    assert_eq!(broken(RIGHT), Vec::<String>::new());
}

#[test]
fn whatever_has_no_description_is_found() {
    for (description, place) in [
        ("What a thing can be.", "ThingKind"),
        ("Its kind.", "Thing.kind"),
        ("How many.", "Query.things(first:)"),
        ("A large one.", "ThingKind.VERY_LARGE"),
        ("Of one of these kinds.", "ThingFilter(kinds:)"),
        ("How often.", "@limit"),
        ("At most.", "@limit(most:)"),
    ] {
        let text = format!("\"\"\"{description}\"\"\"");

        assert_eq!(with(&text, ""), format!("{place}: it has no description"));
        assert_eq!(
            with(&text, "\"\"\" \"\"\""),
            format!("{place}: it has no description")
        );
    }
}

#[test]
fn a_name_of_another_form_is_found() {
    assert_eq!(
        with("VERY_LARGE", "VeryLarge"),
        "ThingKind.VeryLarge: a value is named LIKE_THIS"
    );
    assert_eq!(
        with("hasNextPage", "has_next_page"),
        "PageInfo.has_next_page: it is named likeThis"
    );
    assert_eq!(
        with("filter:", "Filter:"),
        "Query.things(Filter:): it is named likeThis"
    );
    assert_eq!(
        with("kinds:", "kindsJSON:"),
        "ThingFilter(kindsJSON:): it is named likeThis"
    );
    assert_eq!(
        with("type Thing {", "type thing {"),
        "thing: a type is named LikeThis"
    );
}

#[test]
fn a_connection_of_another_shape_is_found() {
    let no_page_info = with("pageInfo: PageInfo!", "pages: PageInfo!");
    let no_cursor = with("cursor: String!", "cursor: Int!");
    let no_before = with("before: String", "ahead: String");
    let required = with("first: Int\n", "first: Int!\n");

    assert_eq!(
        no_page_info,
        "ThingConnection: it has no pageInfo: PageInfo!"
    );
    assert_eq!(no_cursor, "ThingEdge: it has no cursor: String!");
    assert_eq!(
        no_before,
        "Query.things: a connection takes \"before\", and can do without"
    );
    assert_eq!(
        required,
        "Query.things: a connection takes \"first\", and can do without"
    );
}

#[test]
fn a_null_without_a_reason_is_found() {
    let unexplained = with(" `null` while there are none.", "");
    let in_a_list = with("kind: ThingKind!", "kinds: [ThingKind]!");
    let in_an_input = with("[ThingKind!]", "[ThingKind]");

    assert_eq!(
        unexplained,
        "Query.things: its description doesn't say when it is null"
    );
    assert_eq!(
        in_a_list,
        "Thing.kinds: a list is [Thing!]!, not [ThingKind]!"
    );
    assert_eq!(
        in_an_input,
        "ThingFilter(kinds:): no element is null: [Thing!], not [ThingKind]"
    );
}

#[test]
fn a_bare_reference_is_found() {
    let found = with("kind: ThingKind!", "kindId: ID!");

    assert_eq!(found, "Thing.kindId: a reference is an object, not an id");
}
