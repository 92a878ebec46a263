use super::{Address, Content, Subject};
use crate::delivery::feed::Kind;

#[test]
fn an_address_is_written_in_one_way_and_read_back() {
    for (sent, path) in [
        ("/feeds/be,ru/articles.atom", "/feeds/be,ru/articles.atom"),
        (
            "/feeds/en/topics/v%C3%A1da.rss?utm_source=x&limit=20&content=summary",
            "/feeds/en/topics/v%C3%A1da.rss",
        ),
        (
            "/feeds/en/authors/a.b.json?content=full&limit=5",
            "/feeds/en/authors/a.b.json?content=full&limit=5",
        ),
        ("/feeds/en/issues/007.json", "/feeds/en/issues/7.json"),
        ("/feeds/en/issues/latest.rss", "/feeds/en/issues/latest.rss"),
        (
            "/feeds/en/issues/before-the-water.rss?after=W1%20",
            "/feeds/en/issues/before-the-water.rss?after=W1+",
        ),
        (
            "/feeds/en/search.rss?q=%D0%BB%D1%91d%20x&before=W1",
            "/feeds/en/search.rss?q=%D0%BB%D1%91d+x&before=W1",
        ),
        ("/feeds/en/topics/a%2Fb.rss", "/feeds/en/topics/a%2Fb.rss"),
    ] {
        let read = parse(sent).unwrap();

        assert_eq!(read.path(), path);
        assert_eq!(parse(path).unwrap(), read, "{path}");
    }
    let read = parse("/feeds/be,ru/topics/water.json?content=full").unwrap();
    assert_eq!(read.kind, Kind::JsonFeed);
    assert_eq!(read.locales, ["be", "ru"]);
    assert_eq!(read.subject, Subject::Topic("water".to_owned()));
    assert_eq!(read.content, Content::Full);
}

#[test]
fn what_is_no_feed_is_refused_in_the_type_that_was_asked_for() {
    for (sent, status, media_type) in [
        ("/feeds/en/articles", 404, "application/json; charset=utf-8"),
        (
            "/feeds/en/articles.xml",
            404,
            "application/json; charset=utf-8",
        ),
        ("/feeds/en/things.rss", 404, Kind::Rss.media_type()),
        ("/feeds/en/topics/.atom", 404, Kind::Atom.media_type()),
        ("/feeds/en/topics/%FF.atom", 404, Kind::Atom.media_type()),
        ("/feeds/en/topics/a%00.atom", 404, Kind::Atom.media_type()),
        (
            "/feeds/en/topics/a/b.json",
            404,
            Kind::JsonFeed.media_type(),
        ),
        (
            "/feeds/en/issues/99999999999.json",
            404,
            Kind::JsonFeed.media_type(),
        ),
        (
            "/feeds/en/articles.rss?limit=0",
            400,
            Kind::Rss.media_type(),
        ),
        (
            "/feeds/en/articles.rss?limit=101",
            400,
            Kind::Rss.media_type(),
        ),
        (
            "/feeds/en/articles.rss?content=all",
            400,
            Kind::Rss.media_type(),
        ),
        (
            "/feeds/en/articles.rss?after=a&before=b",
            400,
            Kind::Rss.media_type(),
        ),
    ] {
        let refused = parse(sent).unwrap_err();

        assert_eq!(refused.status, status, "{sent}");
        assert_eq!(refused.media_type, media_type, "{sent}");
    }
}

fn parse(address: &str) -> Result<Address, Box<crate::delivery::Document>> {
    let (path, query) = match address.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (address, None),
    };
    Address::parse(path, query)
}
