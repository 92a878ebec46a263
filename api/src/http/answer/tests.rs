use async_graphql::{ErrorExtensionValues, PathSegment, Response as Result, ServerError, Value};
use axum::body::to_bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::IntoResponse;
use serde_json::json;

use super::of;
use crate::error::{Code, Error};
use crate::http::negotiation::Format;
use crate::http::observe::RequestId;

fn data(value: serde_json::Value) -> Value {
    Value::from_json(value).unwrap()
}

fn error(code: Code) -> ServerError {
    let mut error = ServerError::new("no", None);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code.as_str());
    error.extensions = Some(extensions);
    error
}

fn error_at_a_field(code: Code) -> ServerError {
    error(code).with_path(vec![PathSegment::Field("issue".into())])
}

fn result(data: Value, errors: Vec<ServerError>) -> Result {
    let mut result = Result::new(data);
    result.errors = errors;
    result
}

/// The status, the type, and the body of an answer.
async fn read(result: Result, format: Format) -> (u16, String, String) {
    let mut headers = HeaderMap::new();
    headers.insert("x-request-id", HeaderValue::from_static("r-1"));
    let id = RequestId::of(&headers);
    let response = of(result, format, &id).into_response();
    let status = response.status().as_u16();
    let media_type = response.headers()[CONTENT_TYPE]
        .to_str()
        .unwrap()
        .to_owned();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (
        status,
        media_type,
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

#[tokio::test]
async fn the_status_says_how_far_the_request_came() {
    let some = || data(json!({ "issue": null }));
    for (name, result, ours, json) in [
        ("all well", result(some(), vec![]), 200, 200),
        (
            "a field failed",
            result(some(), vec![error_at_a_field(Code::InvalidId)]),
            294,
            200,
        ),
        (
            "a field failed by our fault",
            result(some(), vec![error_at_a_field(Code::Internal)]),
            500,
            500,
        ),
        (
            "the root failed",
            result(Value::Null, vec![error_at_a_field(Code::InvalidPage)]),
            294,
            200,
        ),
        (
            "the root failed by our fault",
            result(
                Value::Null,
                vec![error_at_a_field(Code::DatabaseUnavailable)],
            ),
            503,
            503,
        ),
        (
            "not GraphQL",
            result(Value::Null, vec![error(Code::GraphqlParseFailed)]),
            400,
            400,
        ),
        (
            "not of the schema",
            result(Value::Null, vec![error(Code::GraphqlValidationFailed)]),
            422,
            422,
        ),
        (
            "a variable that does not fit, found late",
            result(
                Value::Null,
                vec![error_at_a_field(Code::GraphqlValidationFailed)],
            ),
            422,
            422,
        ),
        (
            "a value that is not of its form",
            result(Value::Null, vec![error_at_a_field(Code::InvalidValue)]),
            422,
            422,
        ),
        (
            "a value that is not of its form, beside data",
            result(some(), vec![error_at_a_field(Code::InvalidValue)]),
            294,
            200,
        ),
        (
            "no such operation",
            result(Value::Null, vec![error(Code::OperationNotFound)]),
            422,
            422,
        ),
        (
            "too deep",
            result(Value::Null, vec![error(Code::QueryTooDeep)]),
            422,
            422,
        ),
    ] {
        let again = self::result(result.data.clone(), result.errors.clone());

        let (status, media_type, _) = read(result, Format::GraphqlResponse).await;
        assert_eq!(status, ours, "{name}");
        assert_eq!(
            media_type,
            "application/graphql-response+json; charset=utf-8"
        );

        let (status, media_type, _) = read(again, Format::Json).await;
        assert_eq!(status, json, "{name}, as JSON");
        let expected = match status {
            200 => "application/json; charset=utf-8",
            _ => "application/graphql-response+json; charset=utf-8",
        };
        assert_eq!(media_type, expected, "{name}");
    }
}

#[tokio::test]
async fn a_request_that_was_not_executed_has_no_data() {
    let refused = result(Value::Null, vec![error(Code::GraphqlValidationFailed)]);
    let failed = result(Value::Null, vec![error_at_a_field(Code::InvalidId)]);

    let (_, _, refused) = read(refused, Format::Json).await;
    let (_, _, failed) = read(failed, Format::Json).await;

    assert_eq!(
        refused,
        r#"{"errors":[{"message":"no","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}"#
    );
    assert_eq!(
        failed,
        r#"{"errors":[{"message":"no","path":["issue"],"extensions":{"code":"INVALID_ID"}}],"data":null}"#
    );
}

#[tokio::test]
async fn a_fault_of_the_server_names_the_request_and_hides_its_cause() {
    let mut fault = error_at_a_field(Code::Internal);
    let cause = Error::Internal(anyhow::anyhow!("the disk is on fire"));
    fault.source = Some(std::sync::Arc::new(cause));
    let failed = result(data(json!({ "issue": null })), vec![fault]);

    let (_, _, body) = read(failed, Format::GraphqlResponse).await;

    assert_eq!(
        body,
        r#"{"errors":[{"message":"no","path":["issue"],"extensions":{"code":"INTERNAL","requestId":"r-1"}}],"data":{"issue":null}}"#
    );
}
