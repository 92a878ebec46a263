//! The rules of the contract, read from its text.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, DirectiveDefinition, EnumType, FieldDefinition, InputValueDefinition, Type,
    TypeDefinition, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Name, Positioned};

/// Directives that GraphQL itself has.
const STANDARD: [&str; 5] = ["deprecated", "include", "oneOf", "skip", "specifiedBy"];
/// The one list that may hold `null`: what an id among many leads to.
const SPARSE: &str = "Query.nodes";
/// The one list that may be `null`: who may not see it gets an error, and all
/// else of the issue.
const GUARDED: &str = "Issue.completeness";

/// Lists that are not named by what they hold, and what that is.
const LISTS: [(&str, &str); 1] = [("Search", "Article")];

/// Where a contract breaks the rules, one text each.
pub(super) fn broken(sdl: &str) -> Vec<String> {
    let document = match parse_schema(sdl) {
        Ok(document) => document,
        Err(error) => panic!("the schema is not GraphQL: {error}"),
    };
    let mut broken = Broken::default();
    for definition in document.definitions {
        match definition {
            TypeSystemDefinition::Schema(_) => (),
            TypeSystemDefinition::Type(definition) => broken.type_(&definition.node),
            TypeSystemDefinition::Directive(definition) => broken.directive(&definition.node),
        }
    }
    broken.0
}

#[derive(Default)]
struct Broken(Vec<String>);

impl Broken {
    fn say(&mut self, place: &str, what: &str) {
        self.0.push(format!("{place}: {what}"));
    }

    fn described(&mut self, place: &str, description: Option<&Positioned<String>>) {
        if description.is_none_or(|text| text.node.trim().is_empty()) {
            self.say(place, "it has no description");
        }
    }

    fn type_(&mut self, definition: &TypeDefinition) {
        let name = definition.name.node.as_str();
        self.described(name, definition.description.as_ref());
        if !is_pascal(name) {
            self.say(name, "a type is named LikeThis");
        }
        match &definition.kind {
            TypeKind::Object(object) => self.fields(name, &object.fields),
            TypeKind::Interface(interface) => self.fields(name, &interface.fields),
            TypeKind::InputObject(input) => self.inputs(name, &input.fields),
            TypeKind::Enum(values) => self.values(name, values),
            TypeKind::Scalar | TypeKind::Union(_) => (),
        }
    }

    fn fields(&mut self, owner: &str, fields: &[Positioned<FieldDefinition>]) {
        for field in fields {
            self.field(owner, &field.node);
        }
        if let Some(list) = owner.strip_suffix("Connection") {
            let node = listed(list);
            self.has(owner, fields, "edges", &format!("[{list}Edge!]!"));
            self.has(owner, fields, "nodes", &format!("[{node}!]!"));
            self.has(owner, fields, "pageInfo", "PageInfo!");
            self.has(owner, fields, "totalCount", "Int!");
        }
        if let Some(list) = owner.strip_suffix("Edge") {
            let node = listed(list);
            self.has(owner, fields, "cursor", "String!");
            self.has(owner, fields, "node", &format!("{node}!"));
        }
    }

    fn field(&mut self, owner: &str, field: &FieldDefinition) {
        let name = field.name.node.as_str();
        let place = format!("{owner}.{name}");
        let ty = &field.ty.node;
        self.described(&place, field.description.as_ref());
        self.camel(&place, &field.name.node);
        if name != "id" && (name.ends_with("Id") || name.ends_with("Ids")) {
            self.say(&place, "a reference is an object, not an id");
        }
        let description = field.description.as_ref().map_or("", |text| &text.node);
        if ty.nullable && !description.contains("null") {
            self.say(&place, "its description doesn't say when it is null");
        }
        if let BaseType::List(element) = &ty.base
            && (ty.nullable || element.nullable)
            && place != SPARSE
            && place != GUARDED
        {
            self.say(&place, &format!("a list is [Thing!]!, not {ty}"));
        }
        self.inputs(&place, &field.arguments);
        if named(ty).ends_with("Connection") {
            for page in ["first", "after", "last", "before"] {
                let argument = field
                    .arguments
                    .iter()
                    .find(|argument| argument.node.name.node == page);
                if argument.is_none_or(|argument| !argument.node.ty.node.nullable) {
                    self.say(
                        &place,
                        &format!("a connection takes \"{page}\", and can do without"),
                    );
                }
            }
        }
    }

    fn inputs(&mut self, owner: &str, inputs: &[Positioned<InputValueDefinition>]) {
        for input in inputs {
            let input = &input.node;
            let place = format!("{owner}({}:)", input.name.node);
            self.described(&place, input.description.as_ref());
            self.camel(&place, &input.name.node);
            if let BaseType::List(element) = &input.ty.node.base
                && element.nullable
            {
                self.say(
                    &place,
                    &format!("no element is null: [Thing!], not {}", input.ty.node),
                );
            }
        }
    }

    fn values(&mut self, owner: &str, values: &EnumType) {
        for value in &values.values {
            let value = &value.node;
            let place = format!("{owner}.{}", value.value.node);
            self.described(&place, value.description.as_ref());
            if !is_screaming(&value.value.node) {
                self.say(&place, "a value is named LIKE_THIS");
            }
        }
    }

    fn directive(&mut self, directive: &DirectiveDefinition) {
        let name = directive.name.node.as_str();
        if STANDARD.contains(&name) {
            return;
        }
        let place = format!("@{name}");
        self.described(&place, directive.description.as_ref());
        self.camel(&place, &directive.name.node);
        self.inputs(&place, &directive.arguments);
    }

    fn camel(&mut self, place: &str, name: &Name) {
        if !is_camel(name) {
            self.say(place, "it is named likeThis");
        }
    }

    fn has(&mut self, owner: &str, fields: &[Positioned<FieldDefinition>], name: &str, ty: &str) {
        let field = fields.iter().find(|field| field.node.name.node == name);
        if field.is_none_or(|field| field.node.ty.node.to_string() != ty) {
            self.say(owner, &format!("it has no {name}: {ty}"));
        }
    }
}

/// The type within the lists.
fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(element) => named(element),
    }
}

fn is_pascal(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && is_mixed(name)
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase()) && is_mixed(name)
}

/// Letters and digits, and no three capitals in a row: `Html`, not `HTML`.
fn is_mixed(name: &str) -> bool {
    let capital = |byte: &u8| byte.is_ascii_uppercase();
    name.chars().all(|letter| letter.is_ascii_alphanumeric())
        && !name
            .as_bytes()
            .windows(3)
            .any(|three| three.iter().all(capital))
}

fn is_screaming(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .chars()
            .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
}

/// What a list of this name holds.
fn listed(list: &str) -> &str {
    let other = LISTS.iter().find(|(name, _)| *name == list);
    other.map_or(list, |(_, node)| node)
}
