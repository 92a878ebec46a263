//! The id by which client and log speak of the same request.

use super::Server;

#[tokio::test]
async fn a_sane_id_is_taken_and_given_back() {
    let server = Server::new().await;
    for id in ["7", "a-b_c.d:9", &"x".repeat(128)] {
        let answered = server.get("/livez", &[("x-request-id", id)]).await;

        assert_eq!(answered.header("x-request-id"), id);
    }
}

#[tokio::test]
async fn without_a_sane_id_a_request_gets_one_of_its_own() {
    let server = Server::new().await;
    let mut ids = Vec::new();
    for id in ["", "a b", "a\"b", "<script>", &"x".repeat(129)] {
        let answered = server.get("/nowhere", &[("x-request-id", id)]).await;

        let given = answered.header("x-request-id").to_owned();
        assert_eq!(given.len(), 36, "{id}");
        ids.push(given);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 5);
}
