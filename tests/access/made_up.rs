//! Calls of mutations with made-up inputs, by the types of the schema.

use std::collections::BTreeMap;

use async_graphql::parser::types::{
    BaseType, InputValueDefinition, ServiceDocument, Type, TypeKind, TypeSystemDefinition,
};

/// The types of a schema, by name.
pub(super) struct MadeUp<'a>(BTreeMap<&'a str, &'a TypeKind>);

impl<'a> MadeUp<'a> {
    pub(super) fn of(schema: &'a ServiceDocument) -> Self {
        let types = schema.definitions.iter().filter_map(|definition| {
            let TypeSystemDefinition::Type(definition) = definition else {
                return None;
            };
            Some((definition.node.name.node.as_str(), &definition.node.kind))
        });
        Self(types.collect())
    }

    /// The fields of the mutation root.
    pub(super) fn mutations(&self) -> Vec<&'a str> {
        let TypeKind::Object(root) = self.0["Mutation"] else {
            panic!("the mutation root is an object");
        };
        let fields = root.fields.iter();
        fields.map(|field| field.node.name.node.as_str()).collect()
    }

    /// A document that calls one: each required value is made up.
    pub(super) fn call(&self, mutation: &str) -> String {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let input = self.object(&kind);
        format!("mutation {{ {mutation}(input: {input}) {{ userErrors {{ code }} }} }}")
    }

    fn object(&self, name: &str) -> String {
        let TypeKind::InputObject(input) = self.0[name] else {
            panic!("{name} is no input");
        };
        let fields: Vec<&InputValueDefinition> =
            input.fields.iter().map(|field| &field.node).collect();
        // Of a choice the first; else all that must be there.
        let choice = fields.iter().all(|field| field.ty.node.nullable);
        let required = fields
            .iter()
            .filter(|field| !field.ty.node.nullable)
            .chain(fields.first().filter(|_| choice));
        let given: Vec<String> = required
            .map(|field| format!("{}: {}", field.name.node, self.value(&field.ty.node)))
            .collect();
        format!("{{ {} }}", given.join(", "))
    }

    fn value(&self, ty: &Type) -> String {
        let name = match &ty.base {
            BaseType::List(element) => return format!("[{}]", self.value(element)),
            BaseType::Named(name) => name.as_str(),
        };
        match (name, self.0.get(name)) {
            (_, Some(TypeKind::InputObject(_))) => self.object(name),
            (_, Some(TypeKind::Enum(values))) => values.values[0].node.value.node.to_string(),
            ("Int", _) => "1".to_owned(),
            ("Float", _) => "1.0".to_owned(),
            ("Boolean", _) => "true".to_owned(),
            ("Locale", _) => "\"en\"".to_owned(),
            ("Date", _) => "\"2021-02-08\"".to_owned(),
            ("LocalDateTime", _) => "\"2021-02-08T00:00:00\"".to_owned(),
            ("DateTime", _) => "\"2021-02-08T00:00:00Z\"".to_owned(),
            ("Week", _) => "\"2021-W06\"".to_owned(),
            ("ID", _) => "\"VG9waWM6MQ\"".to_owned(),
            _ => "\"x\"".to_owned(),
        }
    }
}
