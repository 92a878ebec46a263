//! Known ways to get a script into a page, each as a body. None gets through.

use masthead::content::rich_text::{render, sanitize};
use support::TestApp;
use support::seed::article;

use super::html::{forbidden, read};
use super::{blocks, faults_of_blocks};

/// The vectors of `xss.txt`; its header says how they are written.
fn vectors() -> Vec<String> {
    let file = include_str!("xss.txt");
    let (_, vectors) = file.split_once("\n\n").unwrap();
    let vectors = vectors.lines().filter(|line| !line.is_empty());
    vectors.map(unescaped).collect()
}

fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let (character, length) = match after.as_bytes() {
            [b'n', ..] => ('\n', 1),
            [b'r', ..] => ('\r', 1),
            [b't', ..] => ('\t', 1),
            [b'0', ..] => ('\0', 1),
            [b'u', b'{', ..] => {
                let end = after.find('}').unwrap();
                let code = u32::from_str_radix(&after[2..end], 16).unwrap();
                (char::from_u32(code).unwrap(), end + 1)
            }
            _ => ('\\', 0),
        };
        text.push(character);
        rest = &after[length..];
    }
    text.push_str(rest);
    text
}

#[test]
fn no_vector_gets_anything_into_html_that_may_not_be_there() {
    let vectors = vectors();
    assert!(vectors.len() >= 100, "{}", vectors.len());

    for vector in vectors {
        for body in [
            vector.clone(),
            format!("Before {vector} after"),
            format!("> - {vector}\n\n# {vector}\n\n| a |\n|---|\n| {vector} |\n"),
            format!("[{vector}](https://example.org \"{vector}\") ![{vector}]({vector})"),
            format!("[a]({vector}) <{vector}> [b]\n\n[b]: {vector}\n"),
            format!("```{vector}\n{vector}\n```\n\na[^1]\n\n[^1]: {vector}\n"),
        ] {
            let rendered = render(&body);

            let page = read(&rendered.html);
            assert_eq!(forbidden(&page), [""; 0], "{body:?}: {}", rendered.html);
            assert_eq!(page.errors, [""; 0], "{body:?}: {}", rendered.html);
            assert_eq!(sanitize(&rendered.html), rendered.html, "{body:?}");
            assert_eq!(addresses_in(&blocks(&rendered)), [""; 0], "{body:?}");
        }
    }
}

#[tokio::test]
async fn no_vector_gets_into_an_answer() {
    TestApp::on_each_engine(async |app| {
        let articles = vectors().into_iter().enumerate().map(|(place, vector)| {
            // No text of a database holds a null character.
            let body = vector.replace('\0', "");
            article(&format!("v{place}")).only_in(["en"]).body("en", &body)
        });
        app.seed(articles.collect::<Vec<_>>()).await;

        let mut after = "null".to_owned();
        loop {
            let query = format!(
                "{{ articles(first: 100, after: {after}, locales: [en]) {{ pageInfo {{ hasNextPage endCursor }}
                    nodes {{ body {{ html blocks }} }} }} }}"
            );
            let answer = app.query(&query).await;

            for node in answer.at("/articles/nodes").as_array().unwrap() {
                let html = node["body"]["html"].as_str().unwrap();
                assert_eq!(forbidden(&read(html)), [""; 0], "{html}");
                assert_eq!(faults_of_blocks(&node["body"]["blocks"]), [""; 0]);
            }
            if *answer.at("/articles/pageInfo/hasNextPage") == false {
                break;
            }
            after = answer.at("/articles/pageInfo/endCursor").to_string();
        }
    })
    .await;
}

/// The addresses in blocks that nothing may lead to.
fn addresses_in(blocks: &serde_json::Value) -> Vec<String> {
    let mut found = Vec::new();
    match blocks {
        serde_json::Value::Array(items) => {
            found.extend(items.iter().flat_map(addresses_in));
        }
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                if let ("href" | "src", Some(address)) = (name.as_str(), value.as_str()) {
                    let element = super::html::Element {
                        name: if name == "href" { "a" } else { "img" }.to_owned(),
                        attributes: vec![(name.clone(), address.to_owned())],
                    };
                    let page = super::html::Page {
                        elements: vec![element],
                        ..Default::default()
                    };
                    found.extend(forbidden(&page));
                }
                found.extend(addresses_in(value));
            }
        }
        _ => {}
    }
    found
}
