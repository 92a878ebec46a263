//! Callers of each role: made up, for tests that need no key in the database,
//! and holders of keys that are there.

use std::sync::Arc;

use async_graphql::{Request, Variables};
use masthead::access::{Caller, KeyCaller, Role};
use masthead::administration::api_key::{NewKey, TermsChange, create};
use masthead::audit::Actor;
use masthead::content::writing::{Patience, Writing};
use masthead::graphql::context::Asker;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::app::TestApp;

/// The holder of a key of this role, named after it. A translator has no
/// locales: [`translator`] gives some.
#[must_use]
pub fn key(role: Role) -> Caller {
    caller(role, (role == Role::Translator).then(Vec::new))
}

/// The holder of a translator's key for these locales.
#[must_use]
pub fn translator(locales: &[&str]) -> Caller {
    let locales = locales.iter().map(|&locale| locale.to_owned()).collect();
    caller(Role::Translator, Some(locales))
}

impl TestApp {
    /// Ask a query as `caller`: [`crate::key`] makes one.
    pub async fn query_as(&self, caller: &Caller, text: &str) -> Answer {
        self.ask(Request::new(text), asker(caller)).await
    }

    /// Ask as `caller` for one change: the field `name` of the mutation root,
    /// with `input`, answering `selection`.
    ///
    /// # Panics
    /// If the name is empty.
    pub async fn mutate_as(
        &self,
        caller: &Caller,
        name: &str,
        input: Value,
        selection: &str,
    ) -> Answer {
        let (first, rest) = name.split_at(1);
        let kind = format!("{}{rest}Input", first.to_ascii_uppercase());
        let text =
            format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ {selection} }} }}");
        let variables = Variables::from_json(json!({ "input": input }));
        let request = Request::new(text).variables(variables);
        self.ask(request, asker(caller)).await
    }

    /// Make an API key; the answer is what its holder sends.
    ///
    /// # Panics
    /// If the key is refused.
    pub async fn make_key(&self, name: &str, role: Role, locales: &[&str]) -> String {
        let new = NewKey {
            name: name.to_owned(),
            role,
            locales: locales.iter().map(|&tag| tag.to_owned()).collect(),
            contract: TermsChange::default(),
            expires_at: None,
        };
        self.keep_key(new).await
    }

    /// Make a partner's key under this contract; the answer is what its holder
    /// sends.
    ///
    /// # Panics
    /// If the key is refused.
    pub async fn make_partner(&self, name: &str, contract: TermsChange) -> String {
        let new = NewKey {
            name: name.to_owned(),
            role: Role::Partner,
            locales: Vec::new(),
            contract,
            expires_at: None,
        };
        self.keep_key(new).await
    }

    async fn keep_key(&self, new: NewKey) -> String {
        let mut writing = self.writing().await;
        let made = create(&mut writing, new).await;
        let made = made.expect("the key can be made");
        writing.commit().await.expect("the key is kept");
        made.secret.reveal().to_owned()
    }

    /// Begin to write, as the command line does.
    ///
    /// # Panics
    /// If somebody else is writing, and does not end.
    pub async fn writing(&self) -> Writing {
        let actor = Actor::command_line();
        let begun = Writing::begin(self.database(), actor, self.clock(), Patience::Short).await;
        begun.expect("nobody else is writing")
    }
}

fn asker(caller: &Caller) -> Asker {
    Asker {
        caller: caller.clone(),
        ..Asker::default()
    }
}

fn caller(role: Role, locales: Option<Vec<String>>) -> Caller {
    Caller::Key(Arc::new(KeyCaller {
        // As no key of a database is.
        id: -1 - role as i64,
        name: role.to_string(),
        role,
        locales,
        contract: None,
        used: 0,
    }))
}
