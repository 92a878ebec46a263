//! Asking a server that runs.

use std::io::{Read, Result, Write};
use std::net::{SocketAddr, TcpStream};

use serde_json::{Value, json};

/// Ask by a key, or without one: the answer, data and errors.
///
/// # Errors
/// If the connection breaks off.
pub(crate) fn ask(
    server: SocketAddr,
    key: Option<&str>,
    query: &str,
    variables: &Value,
) -> Result<Value> {
    let body = json!({"query": query, "variables": variables}).to_string();
    let key = key.map_or_else(String::new, |key| {
        format!("authorization: Bearer {key}\r\n")
    });
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{key}\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Ok(serde_json::from_str(body)?)
}

/// Ask for a change that is done: its payload.
pub(crate) fn change(
    server: SocketAddr,
    key: &str,
    name: &str,
    input: &Value,
    selection: &str,
) -> Value {
    let answer = try_change(server, key, name, input, selection).unwrap();
    assert_eq!(answer["userErrors"], json!([]), "{name}");
    answer
}

/// The same, where the server may end meanwhile.
///
/// # Errors
/// If the connection breaks off.
pub(crate) fn try_change(
    server: SocketAddr,
    key: &str,
    name: &str,
    input: &Value,
    selection: &str,
) -> Result<Value> {
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query = format!(
        "mutation($input: {kind}!) {{
            {name}(input: $input) {{ {selection} userErrors {{ code message }} }}
        }}"
    );
    let mut answer = ask(server, Some(key), &query, &json!({ "input": input }))?;
    assert_eq!(answer.get("errors"), None, "{answer:#}");
    Ok(answer["data"][name].take())
}
