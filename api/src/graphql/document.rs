//! What is checked of a document before it is executed.

use std::collections::HashMap;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, FragmentDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Value, Variables};

use crate::error::{Code, shown};
use crate::graphql::limits::Limits;

/// How deep brackets of any kind may stand in each other, in a document and in
/// its variables. Both are read by recursion: what is nested deeper never gets
/// there.
const MAX_BRACKETS: usize = 64;

/// A document that is refused: its code, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: Code,
    pub message: String,
}

/// Check the text of a document before it is parsed.
///
/// # Errors
/// If it has more tokens than the limit, or is nested so deep that no schema
/// could answer it.
pub fn check_text(text: &str, limits: &Limits) -> Result<(), Refusal> {
    let mut tokens = 0;
    let mut brackets = 0_usize;
    let mut scanner = text.bytes().peekable();
    while let Some(byte) = scanner.next() {
        match byte {
            // What is no token: white space, commas, a byte order mark.
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xEF | 0xBB | 0xBF => continue,
            b'#' => {
                while scanner
                    .next_if(|byte| !matches!(byte, b'\n' | b'\r'))
                    .is_some()
                {}
                continue;
            }
            b'"' => string(&mut scanner),
            b'{' | b'(' | b'[' => brackets += 1,
            b'}' | b')' | b']' => brackets = brackets.saturating_sub(1),
            byte if is_word(byte) => while scanner.next_if(|byte| is_word(*byte)).is_some() {},
            _ => {}
        }
        tokens += 1;
        if brackets > MAX_BRACKETS {
            return Err(Refusal {
                code: Code::QueryTooDeep,
                message: format!("a document is nested at most {MAX_BRACKETS} deep"),
            });
        }
        if tokens > limits.tokens {
            return Err(Refusal {
                code: Code::TooManyTokens,
                message: format!("a document has at most {} tokens", limits.tokens),
            });
        }
    }
    Ok(())
}

/// Check the variables of a document.
///
/// # Errors
/// If they are nested too deep.
pub fn check_variables(variables: &Variables) -> Result<(), Refusal> {
    let mut level: Vec<&Value> = variables.values().collect();
    for _ in 0..MAX_BRACKETS {
        level = level.into_iter().flat_map(within).collect();
        if level.is_empty() {
            return Ok(());
        }
    }
    Err(Refusal {
        code: Code::QueryTooDeep,
        message: format!("variables are nested at most {MAX_BRACKETS} deep"),
    })
}

/// What a list or an object holds.
fn within(value: &Value) -> Vec<&Value> {
    match value {
        Value::List(items) => items.iter().collect(),
        Value::Object(fields) => fields.values().collect(),
        _ => Vec::new(),
    }
}

/// Check a parsed document.
///
/// # Errors
/// If a fragment spreads itself, fields are nested deeper than the limit, or
/// there are more fields or aliases.
pub fn check(document: &ExecutableDocument, limits: &Limits) -> Result<(), Refusal> {
    let mut measure = Measure {
        fragments: &document.fragments,
        known: HashMap::new(),
        endless: None,
    };
    let mut total = Size::default();
    let operations: Vec<&SelectionSet> = match &document.operations {
        DocumentOperations::Single(operation) => vec![&operation.node.selection_set.node],
        DocumentOperations::Multiple(operations) => operations
            .values()
            .map(|operation| &operation.node.selection_set.node)
            .collect(),
    };
    for operation in operations {
        let size = measure.selection(operation);
        total.depth = total.depth.max(size.depth);
        total.aliases = total.aliases.saturating_add(size.aliases);
        total.fields = total.fields.saturating_add(size.fields);
    }
    if let Some(name) = measure.endless {
        return Err(Refusal {
            code: Code::GraphqlValidationFailed,
            message: format!("the fragment \"{}\" spreads itself", shown(name)),
        });
    }
    if total.depth > limits.depth {
        return Err(Refusal {
            code: Code::QueryTooDeep,
            message: format!(
                "fields are nested at most {} deep, not {}",
                limits.depth, total.depth
            ),
        });
    }
    // Validation walks through a fragment as often as it is spread. Every field
    // counts at least one, so that no answerable document is refused here.
    if total.fields > limits.complexity {
        return Err(Refusal {
            code: Code::QueryTooComplex,
            message: format!(
                "a document holds at most {} fields, with its fragments spread; this one has more",
                limits.complexity
            ),
        });
    }
    if total.aliases > limits.aliases {
        return Err(Refusal {
            code: Code::TooManyAliases,
            message: format!(
                "a document has at most {} aliases, not {}",
                limits.aliases, total.aliases
            ),
        });
    }
    Ok(())
}

/// Check that the variables that an operation needs are given. What they hold
/// is checked against the schema later.
///
/// # Errors
/// If one is missing.
pub fn check_needed(
    document: &ExecutableDocument,
    operation: Option<&str>,
    given: &Variables,
) -> Result<(), Refusal> {
    let operation = match (&document.operations, operation) {
        (DocumentOperations::Single(only), _) => Some(only),
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
        // Refused later, with a text of its own.
        (DocumentOperations::Multiple(_), None) => None,
    };
    let definitions = operation
        .iter()
        .flat_map(|one| &one.node.variable_definitions);
    for definition in definitions.map(|definition| &definition.node) {
        let needed = !definition.var_type.node.nullable && definition.default_value.is_none();
        if needed && !given.contains_key(&definition.name.node) {
            return Err(Refusal {
                code: Code::GraphqlValidationFailed,
                message: format!(
                    "the variable \"${}\" is of type {} and needs a value",
                    definition.name.node, definition.var_type.node
                ),
            });
        }
    }
    Ok(())
}

#[derive(Clone, Copy, Default)]
struct Size {
    depth: usize,
    aliases: usize,
    /// Each field as often as it is spread.
    fields: usize,
}

/// Measures selections, each fragment once however often it is spread.
struct Measure<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// `None` while a fragment is being measured.
    known: HashMap<&'a str, Option<Size>>,
    /// A fragment that was met while it was being measured.
    endless: Option<&'a str>,
}

impl<'a> Measure<'a> {
    fn selection(&mut self, selection: &'a SelectionSet) -> Size {
        let mut whole = Size::default();
        for item in &selection.items {
            let size = match &item.node {
                Selection::Field(field) => {
                    let below = self.selection(&field.node.selection_set.node);
                    Size {
                        depth: below.depth + 1,
                        aliases: below
                            .aliases
                            .saturating_add(usize::from(field.node.alias.is_some())),
                        fields: below.fields.saturating_add(1),
                    }
                }
                Selection::InlineFragment(fragment) => {
                    self.selection(&fragment.node.selection_set.node)
                }
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node),
            };
            whole.depth = whole.depth.max(size.depth);
            whole.aliases = whole.aliases.saturating_add(size.aliases);
            whole.fields = whole.fields.saturating_add(size.fields);
        }
        whole
    }

    fn fragment(&mut self, name: &'a Name) -> Size {
        if let Some(known) = self.known.get(name.as_str()) {
            if known.is_none() {
                self.endless = Some(name);
            }
            return known.unwrap_or_default();
        }
        let Some(fragment) = self.fragments.get(name) else {
            return Size::default();
        };
        self.known.insert(name, None);
        let size = self.selection(&fragment.node.selection_set.node);
        self.known.insert(name, Some(size));
        size
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'+' | b'-')
}

/// Skip the rest of a string whose first quote was read, plain or block.
fn string(scanner: &mut std::iter::Peekable<std::str::Bytes<'_>>) {
    let mut quotes = 1;
    while quotes < 3 && scanner.next_if_eq(&b'"').is_some() {
        quotes += 1;
    }
    match quotes {
        1 => {
            while let Some(byte) = scanner.next_if(|byte| !matches!(byte, b'\n' | b'\r')) {
                match byte {
                    b'\\' => drop(scanner.next()),
                    b'"' => return,
                    _ => {}
                }
            }
        }
        // The empty string.
        2 => {}
        _ => {
            let mut closing = 0;
            while closing < 3 {
                match scanner.next() {
                    Some(b'"') => closing += 1,
                    Some(b'\\') => {
                        // `\"""` does not close.
                        for _ in 0..3 {
                            scanner.next_if_eq(&b'"');
                        }
                        closing = 0;
                    }
                    Some(_) => closing = 0,
                    None => return,
                }
            }
        }
    }
}
