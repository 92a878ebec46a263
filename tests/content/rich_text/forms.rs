//! What each form says of a body.

use insta::{assert_json_snapshot, assert_snapshot};
use masthead::content::rich_text::render;

use super::{blocks, headings};

/// HTML of a body, without the line's end.
fn html(body: &str) -> String {
    render(body).html.trim_end().to_owned()
}

#[test]
fn all_of_commonmark_and_three_extensions_are_read() {
    for (body, expected) in [
        (
            "a *b* __c__ ~~d~~",
            "<p>a <em>b</em> <strong>c</strong> <del>d</del></p>",
        ),
        ("a\nb  \nc\\\nd", "<p>a b<br>\nc<br>\nd</p>"),
        (
            "Heading\n===\n\nSmaller\n---",
            "<h1 id=\"h-heading\">Heading</h1>\n<h2 id=\"h-smaller\">Smaller</h2>",
        ),
        ("`` a`b ``", "<p><code>a`b</code></p>"),
        (
            "```rust ignore\nlet a = \"<\";\n```",
            "<pre><code class=\"language-rust\">let a = \"&lt;\";\n</code></pre>",
        ),
        (
            "    indented\n      code",
            "<pre><code>indented\n  code\n</code></pre>",
        ),
        (
            "> a\n> > b",
            "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>",
        ),
        (
            "- a\n- b\n  - c",
            "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul></li>\n</ul>",
        ),
        (
            "3. a\n\n4. b",
            "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>",
        ),
        ("***", "<hr>"),
        ("[a](/b \"c\")", "<p><a href=\"/b\" title=\"c\">a</a></p>"),
        (
            "[a][b]\n\n[b]: https://example.org",
            "<p><a href=\"https://example.org\" rel=\"noopener noreferrer\">a</a></p>",
        ),
        (
            "<https://example.org/a?b=c&d>",
            "<p><a href=\"https://example.org/a?b=c&amp;d\" rel=\"noopener noreferrer\">https://example.org/a?b=c&amp;d</a></p>",
        ),
        (
            "<a@example.org>",
            "<p><a href=\"mailto:a@example.org\">a@example.org</a></p>",
        ),
        (
            "https://example.org stays as it is",
            "<p>https://example.org stays as it is</p>",
        ),
        (
            "![a *b*](/c.png \"d\")",
            "<p><img src=\"/c.png\" alt=\"a b\" title=\"d\"></p>",
        ),
        ("&copy; &#1051; \\*a\\*", "<p>© Л *a*</p>"),
        ("\"a\" -- b...", "<p>\"a\" -- b...</p>"),
        (
            "- [ ] a task is an item",
            "<ul>\n<li>[ ] a task is an item</li>\n</ul>",
        ),
        (
            "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 |",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n<th align=\"left\">b</th>\n<th align=\"center\">c</th>\n<th align=\"right\">d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td align=\"left\">2</td>\n<td align=\"center\">3</td>\n<td align=\"right\"></td>\n</tr>\n</tbody>\n</table>",
        ),
    ] {
        assert_eq!(html(body), expected, "{body}");
    }
}

#[test]
fn raw_html_is_left_out_and_words_between_tags_in_a_line_stay() {
    for (body, expected) in [
        ("a <b onclick=x>c</b> d", "<p>a c d</p>"),
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("<div>\n\n*a*\n\n</div>", "<p><em>a</em></p>"),
        ("<div>\na\n</div>", ""),
        ("<i></i>", ""),
        ("a < b <3 c", "<p>a &lt; b &lt;3 c</p>"),
    ] {
        assert_eq!(html(body), expected, "{body}");
    }
}

#[test]
fn a_link_or_an_image_that_may_not_be_is_its_words() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#9;script:alert(1)",
        "java&#x0A;script:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,a",
        "vbscript:a",
        "ftp://example.org",
        "file:///etc/passwd",
        "x-unknown:a",
        "http://[bad",
        "article:",
        "article:%00",
        "",
    ] {
        assert_eq!(
            html(&format!("[a *b*](<{address}>)")),
            "<p>a <em>b</em></p>",
            "{address}"
        );
        assert_eq!(
            html(&format!("![a *b*](<{address}>)")),
            "<p>a b</p>",
            "{address}"
        );
    }
    for address in ["tel:+123", "mailto:a@example.org", "article:1"] {
        assert!(
            html(&format!("[a]({address})")).contains("<a href"),
            "{address}"
        );
        assert_eq!(html(&format!("![a]({address})")), "<p>a</p>", "{address}");
    }
}

#[test]
fn addresses_hold_only_what_addresses_can_hold() {
    for (address, expected) in [
        (
            "https://example.org/падзея",
            "https://example.org/%D0%BF%D0%B0%D0%B4%D0%B7%D0%B5%D1%8F",
        ),
        ("/a b\"c", "/a%20b%22c"),
        ("/a%20b", "/a%20b"),
        ("//example.org/a", "//example.org/a"),
        ("#h-a", "#h-a"),
        // What no browser takes for a space is a part of a path.
        ("\u{a0}javascript:a", "%C2%A0javascript:a"),
    ] {
        let html = html(&format!("[a](<{address}>)"));

        assert!(
            html.starts_with(&format!("<p><a href=\"{expected}\"")),
            "{html}"
        );
    }
}

#[test]
fn anchors_are_the_words_of_the_heading_in_any_alphabet() {
    for (heading, anchor) in [
        ("Looking both ways", "h-looking-both-ways"),
        ("Што адбылося ў Мінску?", "h-што-адбылося-ў-мінску"),
        ("Аб'ява, сузор’е, сямʼя", "h-абява-сузоре-сямя"),
        ("Ёлка и ЕЖ", "h-ёлка-и-еж"),
        (
            "2021: a *new* `year` & <b>more</b>",
            "h-2021-a-new-year-more",
        ),
        ("a -- _ -- b", "h-a-b"),
        (
            "Caf\u{65}\u{301}",
            "h-cafe\u{301}".replace("e\u{301}", "é").as_str(),
        ),
        ("عَرَبِيّ", "h-عَرَبِيّ"),
        ("!!!", "h-section"),
        ("❤\u{fe0f} hearts", "h-hearts"),
    ] {
        let found = headings(&format!("# {heading}"));

        assert_eq!(found[0].1, anchor, "{heading}");
    }
}

#[test]
fn repeated_anchors_are_numbered_and_never_meet() {
    let anchors: Vec<String> = headings("# a\n# a-2\n# a\n# A!\n# b\n# a\n# b 2\n# b")
        .into_iter()
        .map(|(_, anchor)| anchor)
        .collect();

    assert_eq!(
        anchors,
        [
            "h-a", "h-a-2", "h-a-3", "h-a-4", "h-b", "h-a-5", "h-b-2", "h-b-3"
        ]
    );
}

#[test]
fn long_headings_have_short_anchors() {
    let found = headings(&format!("# {}", "слова ".repeat(100)));

    assert_eq!(found[0].0.chars().count(), 599);
    assert!(found[0].1.chars().count() <= 100);
}

#[test]
fn footnotes_are_numbered_as_the_text_refers_to_them() {
    let rendered = render(
        "a[^second] b[^first] c[^second] d[^none]\n\n[^first]: One[^third]\n[^second]: Two\n[^third]: Three\n[^unused]: Four\n",
    );

    assert_json_snapshot!(blocks(&rendered)["footnotes"], @r#"
    [
      {
        "blocks": [
          {
            "content": [
              {
                "text": "Two",
                "type": "text"
              }
            ],
            "type": "paragraph"
          }
        ],
        "number": 1
      },
      {
        "blocks": [
          {
            "content": [
              {
                "text": "One",
                "type": "text"
              },
              {
                "number": 3,
                "type": "footnoteReference"
              }
            ],
            "type": "paragraph"
          }
        ],
        "number": 2
      },
      {
        "blocks": [
          {
            "content": [
              {
                "text": "Three",
                "type": "text"
              }
            ],
            "type": "paragraph"
          }
        ],
        "number": 3
      }
    ]
    "#);
    assert_eq!(rendered.text, "a b c d[^none]\nTwo\nOne\nThree");
}

#[test]
fn a_footnote_of_a_link_stands_behind_it() {
    let html = html("[a *b[^1]* c](/d)\n\n[^1]: e");

    assert!(
        html.starts_with("<p><a href=\"/d\">a <em>b</em> c</a><sup class="),
        "{html}"
    );
}

#[test]
fn footnotes_of_two_texts_can_stand_on_one_page() {
    let ids = |body: &str| {
        let page = super::html::read(&render(body).html);
        let ids = page
            .elements
            .iter()
            .filter_map(|element| element.attribute("id"));
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    let (one, other) = (ids("a[^1] [^1]\n\n[^1]: b"), ids("c[^1]\n\n[^1]: d"));

    assert_eq!((one.len(), other.len()), (3, 2));
    assert!(
        one.iter().all(|id| !other.contains(id)),
        "{one:?} {other:?}"
    );
}

#[test]
fn plain_words_have_a_line_for_each_block() {
    let text = render(
        "# A *heading*\n\nA [link](/a) and ![an image](/b.png)  \nin `code`[^1]\n\n- one\n- two\n\n  > three\n\n\
         | a | b |\n|---|---|\n| c | d |\n\n```\nx\n  y\n```\n\n---\n\n![alone](/c.png)\n\n<p>gone</p>\n\n[^1]: A note\n",
    )
    .text;

    assert_snapshot!(text, @r"
    A heading
    A link and an image in code
    one
    two
    three
    a	b
    c	d
    x
      y
    alone
    A note
    ");
}

#[test]
fn a_tree_says_all_that_html_says() {
    let rendered = render(
        "## A *b*\n\n![c](/d.png \"e\")\n\n> 2. f  \n>    [g](mailto:h@example.org)\n\n| i |\n|:-:|\n| `j` |\n\n```k\nl\n```\n\n* * *\n",
    );

    assert_snapshot!(rendered.blocks, @r#"{"version":1,"blocks":[{"type":"heading","level":2,"anchor":"h-a-b","content":[{"type":"text","text":"A "},{"type":"emphasis","content":[{"type":"text","text":"b"}]}]},{"type":"image","src":"/d.png","alt":"c","title":"e"},{"type":"quote","blocks":[{"type":"list","ordered":true,"start":2,"tight":true,"items":[{"blocks":[{"type":"paragraph","content":[{"type":"text","text":"f"},{"type":"lineBreak"},{"type":"link","href":"mailto:h@example.org","content":[{"type":"text","text":"g"}]}]}]}]}]},{"type":"table","columns":[{"alignment":"center"}],"header":[{"content":[{"type":"text","text":"i"}]}],"rows":[[{"content":[{"type":"code","text":"j"}]}]]},{"type":"code","language":"k","text":"l"},{"type":"thematicBreak"}],"footnotes":[]}"#);
    blocks(&rendered);
}

#[test]
fn an_empty_body_has_empty_forms() {
    for body in ["", " \n\t\n", "<!-- a -->", "[a]: /b"] {
        let rendered = render(body);

        assert_eq!(
            (rendered.html.as_str(), rendered.text.as_str()),
            ("", ""),
            "{body:?}"
        );
        assert_eq!(
            rendered.blocks,
            r#"{"version":1,"blocks":[],"footnotes":[]}"#
        );
        assert_eq!((rendered.headings.as_str(), rendered.word_count), ("[]", 0));
    }
}

#[test]
fn control_characters_that_a_source_names_do_not_get_through() {
    let rendered = render("a&#0;b&#1;c&#13;d&#x9f;e `f\u{1}`\n\n```\ng\u{1b}\n```\n");

    for form in [&rendered.html, &rendered.text, &rendered.blocks] {
        let is_bad = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
        assert!(!form.contains(is_bad), "{form:?}");
    }
}

#[test]
fn words_are_counted_in_any_alphabet() {
    for (body, words) in [
        ("It's a well-known *fact*, isn't it?", 7),
        ("У яе аб'ява. Сямʼя і сузор’е!", 6),
        ("Цена 3,14 — много", 3),
        ("— … !", 0),
        ("![two words](/a.png) `three` <b>four</b>", 4),
    ] {
        assert_eq!(render(body).word_count, words, "{body}");
    }
}
