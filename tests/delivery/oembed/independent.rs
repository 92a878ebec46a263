//! Answers as a consumer reads them that was made by others: micawber, for
//! Python, where that is installed. `MASTHEAD_TEST_PYTHON` names the interpreter
//! that has it; `MASTHEAD_TEST_REQUIRE_MICAWBER=1` makes its lack a failure.

use std::io::Write as _;
use std::process::{Command, Stdio};

use masthead::database::Engine;
use serde_json::{Value, json};
use support::TestApp;
use support::seed::article;

use crate::cli::Process;

/// Ask about addresses as a site does that shows what people link to.
const ASK: &str = "
import json, sys
from micawber import Provider, ProviderException, ProviderRegistry
known = ProviderRegistry()
known.register(r'https://example\\.org/\\S+', Provider(sys.argv[1] + '/oembed', locales='be,ru'))
def ask(url):
    try:
        return known.request(url, maxwidth=300)
    except ProviderException as error:
        return str(error)
shown = known.parse_text('Read this:\\n' + sys.argv[2] + '\\nIt is thin.')
print(json.dumps({'told': [ask(url) for url in sys.argv[2:]], 'shown': shown}))
";

#[tokio::test]
async fn a_consumer_of_others_shows_what_people_link_to() {
    let Some(python) = python() else {
        return;
    };
    let app = TestApp::on(Engine::Sqlite).await;
    let title = "Лёд 🧊 \"вада\" ]]> <b>";
    app.seed(article("ice").by(["anna"]).title("be", title))
        .await;
    let server = Process::serve(&["--database-url", app.url()]);
    let ice = "https://example.org/be/articles/ice";

    let ask = Command::new(python)
        .args(["-c", ASK, &format!("http://{}", server.address)])
        .args([ice, "https://example.org/be/topics/general"])
        .args(["https://example.org/be/articles/never"])
        .output()
        .unwrap();

    assert!(ask.status.success(), "{ask:?}");
    let answer: Value = serde_json::from_slice(&ask.stdout).unwrap();
    let [article, topic, never] = &answer["told"].as_array().unwrap()[..] else {
        panic!("{answer}");
    };
    assert_eq!(article["title"], title);
    assert_eq!(
        (&article["type"], &article["width"]),
        (&json!("rich"), &json!(300))
    );
    assert_eq!(article["author_name"], "anna be");
    assert!(article["height"].as_u64().unwrap() <= 533, "{article}");
    assert_eq!(article["json_ld"]["url"], ice);
    assert_eq!(topic["title"], "general be");
    assert!(never.as_str().is_some(), "{never}");
    let shown = answer["shown"].as_str().unwrap();
    assert!(shown.contains(article["html"].as_str().unwrap()), "{shown}");
    app.end().await;
}

/// A Python that has the library; `None`: there is none.
fn python() -> Option<String> {
    let named = std::env::var_os("MASTHEAD_TEST_PYTHON");
    let python = named.map_or_else(|| "python3".to_owned(), |name| name.into_string().unwrap());
    let has = Command::new(&python)
        .args(["-c", "import micawber"])
        .stderr(Stdio::null())
        .status();
    if has.is_ok_and(|status| status.success()) {
        return Some(python);
    }
    let required = std::env::var_os("MASTHEAD_TEST_REQUIRE_MICAWBER");
    let is_required = required.is_some_and(|value| !value.is_empty() && value != "0");
    assert!(!is_required, "micawber is not installed");
    let text = "this run leaves a consumer of oEmbed out: micawber is not installed";
    drop(writeln!(std::io::stderr(), "\n{text}\n"));
    None
}
