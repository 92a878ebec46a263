use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

use super::{Named, Settings, Translated, WebAddress};
use crate::content::publication::address::{Paths, Place, Shown};

/// A publication whose articles are shown at `template`.
fn settings(url: &str, template: &str) -> Settings {
    Settings {
        url: url.to_owned(),
        locales: ["en", "be", "be-tarask"].map(str::to_owned).to_vec(),
        paths: Paths::new(None, Some(template.to_owned()), None, None),
        ..Settings::default()
    }
}

fn articles(url: &str, settings: &Settings) -> Vec<Named> {
    let readings = WebAddress::of(url, settings).map(|address| address.readings(settings));
    let articles = readings.into_iter().flatten();
    let articles = articles.filter(|(what, _)| *what == Translated::Article);
    articles.map(|(_, named)| named).collect()
}

#[test]
fn an_address_of_another_site_is_none_of_this() {
    let settings = settings("https://example.org:8443/news", "/{locale}/articles/{slug}");
    let read = |url: &str| articles(url, &settings).len();
    for (url, count) in [
        ("https://example.org:8443/news/en/articles/ice", 1),
        (
            "http://EXAMPLE.org:8443/news/en/articles/ice/?from=mail#lead",
            1,
        ),
        ("https://example.org:8443/news/en/topics/../articles/ice", 1),
        ("https://example.org:8443/news/en/articles/l%C3%B6d", 1),
        ("https://example.org/news/en/articles/ice", 0),
        ("https://example.org:8443/newsroom/en/articles/ice", 0),
        ("https://example.org:8443/en/articles/ice", 0),
        ("https://example.org:8443/news/fr/articles/ice", 0),
        ("https://example.org:8443/news/en/articles/", 0),
        ("https://example.org:8443/news/en/articles/ice/more", 0),
        ("https://example.org:8443/news/en%2Farticles%2Fice", 0),
        ("https://example.org:8443/news/en/articles/%FF", 0),
        ("https://example.org:8443/news/en/articles/%00", 0),
        (
            "https://example.org@evil.example:8443/news/en/articles/ice",
            0,
        ),
        ("https://evil@example.org:8443/news/en/articles/ice", 0),
        (
            "https://example.org.evil.example:8443/news/en/articles/ice",
            0,
        ),
        ("ftp://example.org:8443/news/en/articles/ice", 0),
        (
            "javascript:alert(1)//example.org:8443/news/en/articles/ice",
            0,
        ),
        ("/news/en/articles/ice", 0),
        ("", 0),
    ] {
        assert_eq!(read(url), count, "{url}");
    }
}

#[test]
fn an_address_that_can_be_cut_in_many_ways_is_read_in_some() {
    let settings = settings("https://example.org", "/{slug}{topic}{issue}");
    let url = format!("https://example.org/{}", "a".repeat(100_000));

    assert!(articles(&url, &settings).is_empty());
    let short = articles("https://example.org/abcdef", &settings);
    assert_eq!(short.len(), 10);
}

proptest! {
    #[test]
    fn what_an_address_was_made_of_is_read_in_it(
        template in select(&[
            "/{locale}/articles/{slug}",
            "/{slug}/",
            "/{locale}-{slug}.html",
            "/{week}/{topic}/{slug}",
            "/{number}-{slug}",
            "/навіны/{locale}/{issue}/{slug}",
            "/read?id={slug}&in={locale}",
            "/#/{locale}/{topic}-{slug}",
            "/{locale}/{number}/{locale}/{slug}",
        ][..]),
        base in select(&["https://example.org", "http://localhost:3000/a b/c", "https://пример.example"][..]),
        locale in select(&["en", "be", "be-tarask"][..]),
        slug in "[^/?#\\p{White_Space}\\p{Cc}]{1,12}",
        topic in "[a-z0-9-]{1,8}",
        number in any::<i32>(),
    ) {
        if slug == "." || slug == ".." {
            return Ok(());
        }
        let settings = settings(base, template);
        let place = Place {
            topic,
            issue: "issue-7".to_owned(),
            number,
            starts_on: "2021-02-08".parse().unwrap(),
        };
        let shown = Shown { what: Translated::Article, locale, slug: &slug, place: Some(&place) };
        let url = format!("{base}{}", settings.paths.path(shown));
        let has = |name: &str, value: &str| template.contains(name).then(|| value.to_owned());
        let made_of = Named {
            locale: has("{locale}", locale),
            slug: Some(slug.clone()),
            topic: has("{topic}", &place.topic),
            issue: has("{issue}", &place.issue),
            number: has("{number}", &number.to_string()),
            week: has("{week}", "2021-W06"),
        };

        let read = articles(&url, &settings);

        prop_assert!(read.contains(&made_of), "{url} was read as {read:?}");
        let address = WebAddress::of(&url, &settings).unwrap();
        prop_assert!(address.is(&url, Translated::Article, &settings));
        let marked = WebAddress::of(&format!("{url}?utm=x"), &settings);
        let is_path = !template.contains(['?', '#']);
        prop_assert_eq!(marked.is_some_and(|marked| marked.is(&url, Translated::Article, &settings)), is_path);
    }
}
