//! Signatures, verified by others than who made them: by a computation of the
//! tests' own, and by the reference library of Standard Webhooks for Python,
//! where that is installed. `MASTHEAD_TEST_PYTHON` names the interpreter that
//! has it; `MASTHEAD_TEST_REQUIRE_STANDARDWEBHOOKS=1` makes its lack a failure.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Duration;
use masthead::app::App;
use masthead::clock::Clock;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use support::TestApp;
use support::seed::{article, issue, topic};

use super::receiver::{Receiver, Told};
use super::{admin, deliver, guard, on_each_engine, subscribe, wait};

#[tokio::test]
async fn a_message_is_signed_with_the_secret_of_its_endpoint() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({})).await;

        app.seed(article("ice").only_in(["be"]).title("be", "Лёд — вада"))
            .await;
        deliver(app).await;

        let told = receiver.told();
        assert!(told.len() >= 2);
        for told in told {
            let signature = computed(endpoint["secret"].as_str().unwrap(), &told);
            assert_eq!(told.header("webhook-signature"), signature);
            assert_eq!(told.header("content-type"), "application/json");
        }
    })
    .await;
}

#[tokio::test]
async fn for_a_day_after_a_rotation_messages_are_signed_with_both_secrets() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let former = subscribe(app, &receiver, json!({})).await;
        let selection = "secret webhookEndpoint { formerSecretExpiresAt }";
        let rotate = json!({"id": former["id"]});
        let rotated = admin(app, "webhookEndpointRotateSecret", rotate, selection).await;

        app.seed(topic("water").only_in(["en"])).await;
        deliver(app).await;
        wait(app, Duration::hours(24));
        app.seed(topic("roads").only_in(["en"])).await;
        deliver(app).await;

        let told = receiver.told();
        let (new, former) = (rotated["secret"].as_str(), former["secret"].as_str());
        let (new, former) = (new.unwrap(), former.unwrap());
        let both = format!("{} {}", computed(new, &told[0]), computed(former, &told[0]));
        assert_eq!(told[0].header("webhook-signature"), both);
        assert_eq!(told[1].header("webhook-signature"), computed(new, &told[1]));
        assert_eq!(
            rotated["webhookEndpoint"]["formerSecretExpiresAt"],
            "2021-03-11T12:00:00Z"
        );
    })
    .await;
}

#[tokio::test]
async fn the_reference_library_verifies_what_is_sent() {
    let Some(python) = python() else {
        return;
    };
    let now = |app: &mut App| {
        app.guard = Arc::new(guard());
        // The library wants messages of now.
        app.clock = Arc::new(Clock::System);
    };
    TestApp::on_each_engine_with(now, async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({})).await;
        app.seed(article("ice").title("be", "Лёд 🧊 \"вада\" ]]>"))
            .await;
        deliver(app).await;

        let told = receiver.told();
        assert!(told.len() >= 3);
        for told in told {
            assert!(verified(&python, &endpoint["secret"], &told, &told.body));
            let forged = format!("{} ", told.body);
            assert!(!verified(&python, &endpoint["secret"], &told, &forged));
        }
    })
    .await;
}

/// The signature of a message by the standard's text: HMAC (RFC 2104) written
/// out.
fn computed(secret: &str, told: &Told) -> String {
    let secret = STANDARD
        .decode(secret.strip_prefix("whsec_").unwrap())
        .unwrap();
    let mut block = [0_u8; 64];
    block[..secret.len()].copy_from_slice(&secret);
    let signed = format!(
        "{}.{}.{}",
        told.header("webhook-id"),
        told.header("webhook-timestamp"),
        told.body
    );
    let padded = |pad: u8| block.map(|byte| byte ^ pad).to_vec();
    let inner = Sha256::digest([padded(0x36), signed.into_bytes()].concat());
    let outer = Sha256::digest([padded(0x5c), inner.to_vec()].concat());
    format!("v1,{}", STANDARD.encode(outer))
}

const VERIFY: &str = "
import json, sys
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
told = json.load(sys.stdin)
try:
    Webhook(told['secret']).verify(told['body'], told['headers'])
except WebhookVerificationError as error:
    print(error)
    sys.exit(3)
";

fn verified(python: &str, secret: &Value, told: &Told, body: &str) -> bool {
    let headers: Value = ["webhook-id", "webhook-timestamp", "webhook-signature"]
        .into_iter()
        .map(|name| (name.to_owned(), Value::from(told.header(name))))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let input = json!({"secret": secret, "body": body, "headers": headers}).to_string();
    let mut child = Command::new(python)
        .args(["-c", VERIFY])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    match child.wait().unwrap().code() {
        Some(0) => true,
        Some(3) => false,
        other => panic!("Python ended with {other:?}"),
    }
}

/// A Python that has the library; `None`: there is none.
fn python() -> Option<String> {
    let named = std::env::var_os("MASTHEAD_TEST_PYTHON");
    let python = named.map_or_else(|| "python3".to_owned(), |name| name.into_string().unwrap());
    let has = Command::new(&python)
        .args(["-c", "import standardwebhooks"])
        .stderr(Stdio::null())
        .status();
    if has.is_ok_and(|status| status.success()) {
        return Some(python);
    }
    let required = std::env::var_os("MASTHEAD_TEST_REQUIRE_STANDARDWEBHOOKS");
    let is_required = required.is_some_and(|value| !value.is_empty() && value != "0");
    assert!(!is_required, "standardwebhooks is not installed");
    let text = "this run leaves the reference library of webhooks out: it is not installed";
    drop(writeln!(std::io::stderr(), "\n{text}\n"));
    None
}
