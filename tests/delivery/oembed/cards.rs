//! Cards as the parser of a browser reads them, on whatever page they stand.

use quick_xml::escape::unescape;
use quick_xml::events::Event;
use support::TestApp;
use support::seed::{Content, article, author, publication, topic};

use super::{ask, told};
use crate::content::rich_text::html::read;

/// Words that would be markup, or turn a page around.
const HOSTILE: [&str; 5] = [
    "</a></blockquote><script>fail()</script>",
    "<img src=x onerror=fail()> \" onclick=\"fail()\" '",
    "]]> &amp; &lt;b&gt; <!-- ",
    "🧊 \u{202e}الجليد",
    "\u{8}\u{b}\u{1b}{{constructor}} ${fail()}",
];

#[tokio::test]
async fn no_words_of_a_card_are_anything_but_words() {
    TestApp::on_each_engine(async |app| {
        for words in HOSTILE {
            app.seed(
                publication().locales(["en"]).with([
                    Content::from(topic("water").name("en", words)),
                    author("anna").name("en", words).into(),
                    article("ice")
                        .topic("water")
                        .by(["anna"])
                        .title("en", words)
                        .lead("en", words)
                        .into(),
                ]),
            )
            .await;
            for url in ["articles/ice", "topics/water", "authors/anna"] {
                let url = format!("https://example.org/en/{url}");
                let answer = told(app, &url, "").await;
                let html = answer["html"].as_str().unwrap();

                let page = read(html);
                for element in &page.elements {
                    let name = element.name.as_str();
                    let known = ["blockquote", "p", "strong", "a"];
                    let embeds = ["masthead-feed", "script", "noscript"];
                    let is_embed = embeds.contains(&name) && !url.contains("articles");
                    assert!(known.contains(&name) || is_embed, "{name} in {html}");
                    for (attribute, value) in &element.attributes {
                        assert!(
                            !attribute.starts_with("on") && attribute != "style",
                            "{html}"
                        );
                        let leads = ["href", "src", "cite"].contains(&attribute.as_str());
                        assert!(!leads || value.starts_with("http"), "{value} in {html}");
                    }
                }
                assert_eq!((page.others, &*page.errors), (0, [].as_slice()), "{html}");
                let shown = answer["title"].as_str().unwrap();
                let legal: String = words.chars().filter(|sign| !sign.is_control()).collect();
                assert_eq!(shown, legal);
                assert!(page.text.contains(&legal), "{words:?} in {:?}", page.text);
                let xml = ask(app, &url, "&format=xml").await;
                assert_eq!(html_of(xml.text()), html);
            }
        }
    })
    .await;
}

/// What XML has in its element `html`.
fn html_of(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    while reader.read_event().unwrap() != Event::Eof {}
    let (_, rest) = xml.split_once("<html>").unwrap();
    let (escaped, _) = rest.split_once("</html>").unwrap();
    unescape(escaped).unwrap().into_owned()
}

#[tokio::test]
async fn a_card_says_its_language_and_its_direction_and_those_of_other_names() {
    TestApp::on_each_engine(async |app| {
        let words = [
            Content::from(author("anna").only_in(["en"])),
            article("jalid")
                .only_in(["ar"])
                .title("ar", "الجليد")
                .by(["anna"])
                .into(),
        ];
        app.seed(publication().locales(["ar", "en"]).with(words))
            .await;

        let url = "https://example.org/ar/articles/jalid";
        let answer = told(app, url, "&locales=ar,en").await;

        let html = answer["html"].as_str().unwrap();
        let page = read(html);
        let card = &page.elements[0];
        let of = |name: &str| card.attribute(name).unwrap();
        assert_eq!(
            (of("lang"), of("dir"), of("cite")),
            ("ar", "rtl", url),
            "{html}"
        );
        let author = page
            .elements
            .iter()
            .find(|element| element.attribute("lang") == Some("en"));
        assert_eq!(author.unwrap().attribute("dir"), Some("ltr"), "{html}");
    })
    .await;
}
