//! Why async-graphql is pinned: two things that some of its releases get wrong.

use async_graphql::{EmptyMutation, EmptySubscription, Error, Object, Schema};
use serde_json::json;
use tokio::sync::Notify;

#[tokio::test]
async fn fields_answer_in_the_order_asked_whichever_ends_first() {
    let schema = Schema::new(Query::default(), EmptyMutation, EmptySubscription);

    let response = schema.execute("{ waiting ready }").await;

    let answer = serde_json::to_string(&response).unwrap();
    assert_eq!(answer, r#"{"data":{"waiting":1,"ready":2}}"#);
}

#[tokio::test]
async fn an_error_in_a_field_that_cant_be_null_makes_its_parent_null() {
    let schema = Schema::new(Query::default(), EmptyMutation, EmptySubscription);

    let response = schema.execute("{ inner { quick failing } quick }").await;

    assert_eq!(response.errors.len(), 1);
    let data = serde_json::to_value(&response.data).unwrap();
    assert_eq!(data, json!({ "inner": null, "quick": 2 }));
}

#[tokio::test]
async fn an_error_in_a_root_field_that_cant_be_null_leaves_no_data() {
    let schema = Schema::new(Query::default(), EmptyMutation, EmptySubscription);

    let response = schema.execute("{ quick failing }").await;

    assert_eq!(response.errors.len(), 1);
    assert_eq!(serde_json::to_value(&response.data).unwrap(), json!(null));
}

#[derive(Default)]
struct Query {
    ready: Notify,
}

#[Object]
impl Query {
    /// Ends after `ready`, and never without it.
    async fn waiting(&self) -> i32 {
        self.ready.notified().await;
        1
    }

    async fn ready(&self) -> i32 {
        self.ready.notify_one();
        2
    }

    async fn inner(&self) -> Option<Inner> {
        Some(Inner)
    }

    async fn quick(&self) -> i32 {
        2
    }

    async fn failing(&self) -> Result<i32, Error> {
        tokio::task::yield_now().await;
        Err(Error::new("it fails"))
    }
}

struct Inner;

#[Object]
impl Inner {
    async fn quick(&self) -> i32 {
        2
    }

    async fn failing(&self) -> Result<i32, Error> {
        tokio::task::yield_now().await;
        Err(Error::new("it fails"))
    }
}
