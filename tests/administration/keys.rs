//! Keys: made, rotated and revoked.

use chrono::{DateTime, Duration, Utc};
use masthead::access::{Role, authenticate};
use masthead::administration::api_key::{
    ApiKeyState, KeyError, Made, NewKey, TermsChange, Which, all, create, revoke, rotate,
};
use masthead::content::demo;
use support::TestApp;

fn new(name: &str, role: Role) -> NewKey {
    NewKey {
        name: name.to_owned(),
        role,
        locales: Vec::new(),
        contract: TermsChange::default(),
        expires_at: None,
    }
}

fn translator(locales: &[&str]) -> NewKey {
    NewKey {
        locales: locales.iter().map(|&tag| tag.to_owned()).collect(),
        ..new("desk", Role::Translator)
    }
}

/// Make a key, and keep it.
async fn made(app: &TestApp, new: NewKey) -> Result<Made, KeyError> {
    let mut writing = app.writing().await;
    let made = create(&mut writing, new).await;
    match &made {
        Ok(_) => writing.commit().await.unwrap(),
        Err(_) => writing.abandon().await,
    }
    made
}

async fn rotated(app: &TestApp, name: &str, overlap: Duration) -> Result<Made, KeyError> {
    let mut writing = app.writing().await;
    let made = rotate(&mut writing, &Which::Name(name.to_owned()), overlap).await;
    match &made {
        Ok(_) => writing.commit().await.unwrap(),
        Err(_) => writing.abandon().await,
    }
    made
}

/// Whose key it is now; `None` if it is not valid.
async fn holder(app: &TestApp, made: &Made) -> Option<String> {
    let sent = made.secret.reveal();
    let caller = authenticate(app.database(), app.clock().now(), sent).await;
    caller.ok().map(|caller| caller.key().unwrap().name.clone())
}

#[tokio::test]
async fn a_key_is_known_by_what_it_was_made_with() {
    TestApp::on_each_engine(async |app| {
        let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
        app.import(sample).await.unwrap();

        let made = made(app, translator(&["ru", "BE", "ru"])).await.unwrap();

        let sent = made.secret.reveal();
        let caller = authenticate(app.database(), app.clock().now(), sent).await;
        let caller = caller.unwrap();
        let key = caller.key().unwrap();
        assert_eq!((key.name.as_str(), key.role), ("desk", Role::Translator));
        let locales = ["be", "ru"].map(str::to_owned).to_vec();
        assert_eq!(key.locales, Some(locales), "in the publication's order");
        assert_eq!(made.key.created_by, "command line");
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_no_key() {
    TestApp::on_each_engine(async |app| {
        let made = made(app, new("site", Role::Reader)).await.unwrap();

        let kept = made.secret.fingerprint();

        let secret = made.secret.reveal().rsplit_once(&kept.prefix).unwrap().1;
        assert!(!kept.hash.contains(&secret[1..]));
        assert_eq!(kept.hash.len(), 64);
    })
    .await;
}

#[tokio::test]
async fn a_key_ends_at_its_moment() {
    TestApp::on_each_engine(async |app| {
        let end: DateTime<Utc> = app.clock().now() + Duration::hours(1);
        let key = NewKey {
            expires_at: Some(end),
            ..new("guest", Role::Editor)
        };
        let made = made(app, key).await.unwrap();

        app.clock().advance(Duration::minutes(59));
        let before = holder(app, &made).await;
        app.clock().advance(Duration::minutes(1));
        let after = holder(app, &made).await;

        assert_eq!(before.as_deref(), Some("guest"));
        assert_eq!(after, None);
        let keys = all(app.database()).await.unwrap();
        assert_eq!(keys[0].state(app.clock().now()), ApiKeyState::Expired);
        let refused = rotated(app, "guest", Duration::zero()).await;
        assert!(matches!(refused, Err(KeyError::Expired(_))));
    })
    .await;
}

#[tokio::test]
async fn a_rotated_key_has_two_secrets_until_the_first_ends() {
    TestApp::on_each_engine(async |app| {
        let first = made(app, new("site", Role::Reader)).await.unwrap();
        let second = rotated(app, "site", Duration::hours(24)).await.unwrap();

        let both = [holder(app, &first).await, holder(app, &second).await];
        app.clock().advance(Duration::hours(24));
        let later = [holder(app, &first).await, holder(app, &second).await];

        let site = || Some("site".to_owned());
        assert_eq!(both, [site(), site()]);
        assert_eq!(later, [None, site()]);
    })
    .await;
}

#[tokio::test]
async fn of_three_secrets_the_oldest_ends_at_once() {
    TestApp::on_each_engine(async |app| {
        let first = made(app, new("site", Role::Reader)).await.unwrap();
        let second = rotated(app, "site", Duration::hours(24)).await.unwrap();

        let third = rotated(app, "site", Duration::hours(24)).await.unwrap();

        assert_eq!(holder(app, &first).await, None);
        assert!(holder(app, &second).await.is_some());
        assert!(holder(app, &third).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn without_an_overlap_the_former_secret_ends_at_once() {
    TestApp::on_each_engine(async |app| {
        let first = made(app, new("site", Role::Reader)).await.unwrap();

        let second = rotated(app, "site", Duration::zero()).await.unwrap();

        assert_eq!(holder(app, &first).await, None);
        assert!(holder(app, &second).await.is_some());
        let long = rotated(app, "site", Duration::days(31)).await;
        assert!(matches!(long, Err(KeyError::NoOverlap)));
    })
    .await;
}

#[tokio::test]
async fn a_revoked_key_ends_with_all_its_secrets_and_keeps_its_name() {
    TestApp::on_each_engine(async |app| {
        let first = made(app, new("site", Role::Reader)).await.unwrap();
        let second = rotated(app, "site", Duration::hours(24)).await.unwrap();

        let mut writing = app.writing().await;
        revoke(&mut writing, &Which::Name("site".to_owned()))
            .await
            .unwrap();
        writing.commit().await.unwrap();

        assert_eq!(holder(app, &first).await, None);
        assert_eq!(holder(app, &second).await, None);
        let again = made(app, new("site", Role::Reader)).await;
        assert!(matches!(again, Err(KeyError::NameTaken(_))));
        let again = rotated(app, "site", Duration::zero()).await;
        assert!(matches!(again, Err(KeyError::Revoked(_))));
        let keys = all(app.database()).await.unwrap();
        assert_eq!(keys[0].state(app.clock().now()), ApiKeyState::Revoked);
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_key_is_told() {
    TestApp::on_each_engine(async |app| {
        let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
        app.import(sample).await.unwrap();
        made(app, new("taken", Role::Reader)).await.unwrap();
        let now = app.clock().now();
        let long = "x".repeat(101);

        for (key, told) in [
            (new("", Role::Editor), "a name has 1 to 100 characters"),
            (new(" x", Role::Editor), "a name has 1 to 100 characters"),
            (new("a\nb", Role::Editor), "a name has 1 to 100 characters"),
            (new(&long, Role::Editor), "a name has 1 to 100 characters"),
            (new("taken", Role::Admin), "the name \"taken\" is taken"),
            (
                new("command line", Role::Admin),
                "the name \"command line\" is taken",
            ),
            (translator(&[]), "a translator's key needs the locales"),
            (
                translator(&["be", "de"]),
                "the publication has no locale \"de\"; it has en, be, ru",
            ),
            (translator(&["?"]), "the publication has no locale \"?\""),
            (
                NewKey {
                    locales: vec!["be".to_owned()],
                    ..new("desk", Role::Editor)
                },
                "the role editor writes in all locales or in none",
            ),
            (
                NewKey {
                    expires_at: Some(now),
                    ..new("desk", Role::Editor)
                },
                "a key can't end before now",
            ),
        ] {
            let refused = made(app, key).await.unwrap_err().to_string();

            assert!(refused.starts_with(told), "{refused}");
        }
        assert_eq!(all(app.database()).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn without_a_publication_there_are_keys_but_no_translators() {
    TestApp::on_each_engine(async |app| {
        let refused = made(app, translator(&["be"])).await;
        let chief = made(app, new("chief", Role::Admin)).await;

        assert!(matches!(refused, Err(KeyError::NoPublication { .. })));
        assert!(holder(app, &chief.unwrap()).await.is_some());
    })
    .await;
}
