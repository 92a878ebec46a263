//! What the examples say of themselves.

use super::{file, folder};

#[test]
fn every_file_that_the_readmes_of_the_examples_name_is_there() {
    for example in ["website", "partner", "mobile"] {
        let readme = file(&format!("{example}/README.md"));
        let code = readme.split('`').skip(1).step_by(2);
        let named: Vec<&str> = code.filter(|text| is_file(text)).collect();
        assert!(named.len() >= 2, "{named:?}");

        for path in named {
            let places = [folder().join(example), folder().join("..")];
            let mut found = places.iter().map(|place| place.join(path));
            assert!(found.any(|file| file.exists()), "{example} names {path}");
        }
    }
}

/// Whether it is the path of a file, and not where a server has one.
fn is_file(text: &str) -> bool {
    let ends = [".css", ".graphql", ".html", ".js", ".json", ".ts"];
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./".contains(letter);
    ends.iter().any(|end| text.ends_with(end)) && text.chars().all(plain) && !text.starts_with('/')
}
