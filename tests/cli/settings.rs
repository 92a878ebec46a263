//! Where settings come from, and which comes first.

use std::fs::write;
use std::path::Path;

use super::{masthead, run};

/// What `check` shows of the log's format, with a variable and flags.
fn log_format(folder: &Path, variable: Option<&str>, flags: &[&str]) -> String {
    let mut command = masthead(folder);
    command.arg("check").args(flags);
    if let Some(value) = variable {
        command.env("MASTHEAD_LOG_FORMAT", value);
    }
    let said = run(&mut command);
    assert_eq!(said.status, 0, "{}", said.err);
    let line = said.out.lines().find(|line| line.starts_with("log_format"));
    line.unwrap().to_owned()
}

#[test]
fn a_flag_comes_before_a_variable_and_that_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();

    assert_eq!(log_format(folder, None, &[]), "log_format = text");
    write(folder.join("masthead.toml"), "log_format = \"json\"").unwrap();
    assert_eq!(log_format(folder, None, &[]), "log_format = json");
    assert_eq!(log_format(folder, Some("text"), &[]), "log_format = text");
    let flags = ["--log-format", "json"];
    assert_eq!(
        log_format(folder, Some("text"), &flags),
        "log_format = json"
    );
}

#[test]
fn another_file_is_named_by_a_flag_or_a_variable() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path().join("masthead.toml"), "nonsense").unwrap();
    write(folder.path().join("other.toml"), "[limits]\ndepth = 7").unwrap();

    let by_flag = run(masthead(folder.path()).args(["check", "--config", "other.toml"]));
    let by_variable = run(masthead(folder.path())
        .arg("check")
        .env("MASTHEAD_CONFIG", "other.toml"));
    let missing = run(masthead(folder.path()).args(["check", "--config", "none.toml"]));

    assert!(
        by_flag.out.contains("limits.depth = 7\n"),
        "{}",
        by_flag.err
    );
    assert!(by_variable.out.contains("limits.depth = 7\n"));
    assert_eq!(missing.status, 1);
    let first = "error: the configuration file none.toml can't be read";
    assert!(missing.err.starts_with(first), "{}", missing.err);
}

#[test]
fn an_unknown_setting_is_refused_with_the_nearest_known() {
    for (file, variable, error) in [
        (
            "[limits]\ndept = 3",
            ("A", "1"),
            "masthead.toml has no setting \"limits.dept\"; did you mean \"limits.depth\"?",
        ),
        (
            "listne = \"x\"",
            ("A", "1"),
            "masthead.toml has no setting \"listne\"; did you mean \"listen\"?",
        ),
        (
            "",
            ("MASTHEAD_LIMITS_DEPHT", "3"),
            "the environment has no setting \"MASTHEAD_LIMITS_DEPHT\"; did you mean \"MASTHEAD_LIMITS_DEPTH\"?",
        ),
        (
            "",
            ("MASTHEAD_DATABASE_URL", "sqlite://x"),
            "the environment has no setting \"MASTHEAD_DATABASE_URL\"; did you mean \"DATABASE_URL\"?",
        ),
        (
            "",
            ("MASTHEAD_QQQ", "1"),
            "the environment has no setting \"MASTHEAD_QQQ\"",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path().join("masthead.toml"), file).unwrap();

        let said = run(masthead(folder.path())
            .arg("check")
            .env(variable.0, variable.1));

        assert_eq!(said.status, 1);
        assert_eq!(said.err, format!("error: {error}\n"));
    }
}

#[test]
fn a_wrong_value_is_told_with_its_place_and_what_would_be_right() {
    for (flags, error) in [
        (
            ["--limits-depth", "deep"],
            "the setting \"limits.depth\" (--limits-depth) can't be \"deep\": give a whole number of 1 or more",
        ),
        (
            ["--limits-timeout", "10"],
            "the setting \"limits.timeout\" (--limits-timeout) can't be \"10\": give a time with its unit, such as 500ms, 10s or 2m",
        ),
        (
            ["--listen", "localhost"],
            "the setting \"listen\" (--listen) can't be \"localhost\": give an address and a port, such as 127.0.0.1:8000 or [::]:8000",
        ),
        (
            ["--database-url", "mysql://me:secret@host/db"],
            "the setting \"database.url\" (--database-url) can't be \"mysql://me@host/db\": a database URL begins with sqlite:// or postgres://",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();

        let said = run(masthead(folder.path()).arg("check").args(flags));

        assert_eq!(said.status, 1);
        assert_eq!(said.err, format!("error: {error}\n"));
    }
}

#[test]
fn a_secret_has_no_flag_and_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = "[purge.fastly]\nservice = \"SU1Z0\"\ntoken = \"hush\"";
    write(folder.path().join("masthead.toml"), file).unwrap();

    let said = run(masthead(folder.path()).arg("check"));
    let by_variable = run(masthead(folder.path())
        .arg("check")
        .env("MASTHEAD_PURGE_FASTLY_TOKEN", "hu sh"));
    let by_flag = run(masthead(folder.path()).args(["check", "--purge-fastly-token", "hush"]));
    let help = run(masthead(folder.path()).args(["serve", "--help"]));

    assert!(said.out.contains("purge.fastly.token = (secret)\n"));
    assert!(!said.out.contains("hush") && !said.err.contains("hush"));
    assert_eq!(
        by_variable.err,
        "error: the setting \"purge.fastly.token\" (MASTHEAD_PURGE_FASTLY_TOKEN) can't be \
         \"(secret)\": give a token of printable ASCII, without spaces\n"
    );
    assert_eq!(by_flag.status, 2);
    assert!(help.out.contains("MASTHEAD_PURGE_FASTLY_TOKEN"));
}

#[test]
fn a_cdn_that_is_named_needs_a_token() {
    let folder = tempfile::tempdir().unwrap();

    let said = run(masthead(folder.path()).args(["check", "--purge-cloudflare-zone", "023e"]));

    assert_eq!(
        said.err,
        "error: the setting \"purge.cloudflare.zone\" needs \"purge.cloudflare.token\", \
         which is not set\n"
    );
}
