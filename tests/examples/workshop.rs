//! Where the examples are built and run.
//!
//! Their packages are in the folder that `MASTHEAD_TEST_EXAMPLES` names, as
//! `.ci/run` puts them there. Without it the tests say so and end, which
//! `MASTHEAD_TEST_REQUIRE_EXAMPLES=1` makes a failure.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::tools;
use tempfile::TempDir;

use super::folder;
use crate::cli::{Said, run};

/// What is made out of the examples and is no part of them.
const MADE: [&str; 4] = ["node_modules", "build", "dist", ".shelf"];

/// A copy of the examples, with the packages that they need.
pub(super) struct Workshop {
    folder: TempDir,
}

impl Workshop {
    /// `None`: the packages are not installed.
    pub(super) fn open() -> Option<Self> {
        let what = "whether the examples run";
        let packages = tools("EXAMPLES", "mobile/node_modules", what)?;
        let opened = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let schema = folder().join("../schema.graphql");
        fs::copy(schema, opened.folder.path().join("schema.graphql")).unwrap();
        copy(&folder(), &opened.path(""));
        for example in ["website/typed", "mobile"] {
            let packages = packages.join(example).join("node_modules");
            symlink(packages, opened.path(example).join("node_modules")).unwrap();
        }
        Some(opened)
    }

    /// Where something of the examples is.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("examples").join(path)
    }

    /// Run a script of an example's `package.json`, which must succeed.
    pub(super) fn npm(&self, example: &str, script: &str) {
        let mut npm = Command::new("npm");
        let said = run(npm
            .args(["run", "--silent", script])
            .current_dir(self.path(example)));
        assert_eq!(said.status, 0, "{script}: {}{}", said.out, said.err);
    }

    /// Run what an example has built, with these arguments.
    pub(super) fn node(&self, example: &str, arguments: &[&str]) -> Said {
        let mut node = Command::new("node");
        let program = node.arg("build/main.js").args(arguments);
        run(program.current_dir(self.path(example)))
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        let target = to.join(&name);
        if MADE.iter().any(|made| name == *made) {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
