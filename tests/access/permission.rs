//! The table of permissions, by every operation and every role.

use std::collections::BTreeSet;

use async_graphql::parser::parse_schema;
use masthead::access::{Caller, Operation, Role};
use masthead::error::Code;
use masthead::schema;
use support::{TestApp, key, translator};

use super::made_up::MadeUp;

#[test]
fn without_a_key_nothing_of_the_table_may_be_done() {
    for &operation in Operation::ALL {
        for locale in [None, Some("be"), Some("en")] {
            let refused = Caller::Anonymous.may(operation, locale).unwrap_err();

            assert_eq!(refused.code(), Code::Unauthenticated, "{operation}");
        }
    }
}

#[test]
fn each_role_may_do_what_its_row_says_and_nothing_else() {
    for &operation in Operation::ALL {
        for role in Role::ALL {
            for (locale, own) in [(Some("be"), true), (Some("en"), false), (None, false)] {
                let caller = match role {
                    Role::Translator => translator(&["be", "ru"]),
                    _ => key(role),
                };

                let answer = caller.may(operation, locale);

                let reached = role != Role::Translator || own || !operation.in_own_locales();
                let expected = role >= operation.least() && reached;
                assert_eq!(
                    answer.is_ok(),
                    expected,
                    "{operation} by {role} in {locale:?}"
                );
                if let Err(refused) = answer {
                    assert_eq!(refused.code(), Code::Forbidden, "{operation} by {role}");
                }
            }
        }
    }
}

#[test]
fn a_refusal_says_what_would_be_needed() {
    let anonymous = Caller::Anonymous.may(Operation::IssuePublish, None);
    let editor = key(Role::Editor).may(Operation::IssuePublish, None);
    let other_locale =
        translator(&["be", "ru"]).may(Operation::ArticleTranslationUpdate, Some("en"));

    assert_eq!(
        anonymous.unwrap_err().to_string(),
        "\"issuePublish\" needs an API key: send one as \"authorization: Bearer KEY\""
    );
    assert_eq!(
        editor.unwrap_err().to_string(),
        "\"issuePublish\" needs the role publisher; the key has the role editor"
    );
    assert_eq!(
        other_locale.unwrap_err().to_string(),
        "the key may do \"articleTranslationUpdate\" in its own locales alone: be, ru"
    );
}

#[test]
fn readers_and_partners_may_do_nothing_that_needs_a_key() {
    let least = Operation::ALL.iter().map(|operation| operation.least());

    assert!(least.min() >= Some(Role::Translator));
}

#[test]
fn no_two_operations_share_a_name() {
    let names: BTreeSet<&str> = Operation::ALL.iter().map(|one| one.as_str()).collect();

    assert_eq!(names.len(), Operation::ALL.len());
}

#[tokio::test]
async fn every_mutation_asks_who_calls_before_it_looks_anything_up() {
    TestApp::on_each_engine(async |app| {
        let schema = parse_schema(schema::sdl(&app.schema())).unwrap();
        let made_up = MadeUp::of(&schema);

        for name in made_up.mutations() {
            let operation = Operation::ALL.iter().find(|one| one.as_str() == name);
            let least = operation.expect("each mutation is an operation").least();
            let below = Role::ALL.into_iter().rfind(|role| *role < least);
            let text = made_up.call(name);

            let anonymous = app.query_as(&Caller::Anonymous, &text).await;
            let small = app.query_as(&key(below.unwrap()), &text).await;

            assert_eq!(anonymous.code(), Some("UNAUTHENTICATED"), "{text}");
            assert_eq!(small.code(), Some("FORBIDDEN"), "{text}");
            let statements = [anonymous.statements, small.statements];
            assert_eq!(statements, [0, 0], "{text}");
        }
    })
    .await;
}
