//! One source file as the rules see it: the paths it names, the macros it
//! calls, the texts in it, the modules it declares.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;
use std::str::FromStr;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};

/// A source file, read.
pub(super) struct Source {
    /// From the root of the repository, such as `api/src/app.rs`.
    pub(super) file: String,
    /// The module it is, such as `["crate", "content", "article", "store"]`.
    pub(super) module: Vec<String>,
    pub(super) lines: usize,
    /// Whole paths: what is imported stands for its origin, and `self` and
    /// `super` for what they mean.
    pub(super) paths: Vec<Place<Vec<String>>>,
    pub(super) macros: Vec<Place<String>>,
    pub(super) texts: Vec<Place<String>>,
    pub(super) modules: Vec<Place<Declared>>,
    /// The items that it has for others, its own and imported ones.
    pub(super) given: BTreeSet<String>,
}

/// Something, and the line it is on.
pub(super) struct Place<T> {
    pub(super) line: usize,
    pub(super) what: T,
}

/// `mod name;`
pub(super) struct Declared {
    pub(super) name: String,
    /// Whether it says `pub`, of any reach.
    pub(super) open: bool,
}

impl Source {
    /// Read a file. Tests within it are left out.
    pub(super) fn read(file: &str, text: &str) -> Self {
        let mut source = Self {
            file: file.to_owned(),
            module: module_of(file),
            lines: text.lines().count(),
            paths: Vec::new(),
            macros: Vec::new(),
            texts: Vec::new(),
            modules: Vec::new(),
            given: BTreeSet::new(),
        };
        let tokens = match TokenStream::from_str(text) {
            Ok(tokens) => tokens,
            Err(error) => panic!("{file}: {error}"),
        };
        let mut reader = Reader {
            source: &mut source,
            imports: BTreeMap::new(),
            depth: 0,
        };
        let module = reader.source.module.clone();
        reader.tokens(tokens, &module);
        let imports = reader.imports;
        // Where an imported name stands alone, the import says it all.
        source
            .paths
            .retain(|path| path.what.len() > 1 || !imports.contains_key(&path.what[0]));
        for path in &mut source.paths {
            path.what = resolved(&path.what, &imports);
        }
        source
    }

    /// The paths that begin like this.
    pub(super) fn naming<'a>(
        &'a self,
        start: &'a [&str],
    ) -> impl Iterator<Item = &'a Place<Vec<String>>> {
        self.paths.iter().filter(move |path| {
            path.what.len() >= start.len() && path.what.iter().zip(start).all(|(a, b)| a == b)
        })
    }
}

/// `api/src/content/article/mod.rs` is `crate::content::article`.
fn module_of(file: &str) -> Vec<String> {
    let inside = file.split_once("/src/").map_or(file, |(_, inside)| inside);
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    ["crate"]
        .into_iter()
        .chain(inside.split('/'))
        .filter(|part| !["mod", "lib", "main"].contains(part))
        .map(str::to_owned)
        .collect()
}

struct Reader<'a> {
    source: &'a mut Source,
    /// What a name that was imported stands for.
    imports: BTreeMap<String, Vec<String>>,
    /// How many brackets are open.
    depth: usize,
}

/// What an item begins with.
const ITEMS: [&str; 10] = [
    "async", "const", "enum", "fn", "static", "struct", "trait", "type", "union", "unsafe",
];

type Tokens = Peekable<IntoIter>;

impl Reader<'_> {
    fn tokens(&mut self, tokens: TokenStream, module: &[String]) {
        let mut tokens = tokens.into_iter().peekable();
        let mut open = false;
        let mut after_dot = false;
        while let Some(token) = tokens.next() {
            let dot = after_dot;
            after_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
            match token {
                TokenTree::Group(group) => {
                    self.depth += 1;
                    self.tokens(group.stream(), module);
                    self.depth -= 1;
                    // What `pub(crate)` opens comes after the brackets.
                    open = open && group.delimiter() == Delimiter::Parenthesis;
                }
                TokenTree::Literal(literal) => self.text(&literal),
                TokenTree::Punct(_) => open = false,
                TokenTree::Ident(ident) => match ident.to_string().as_str() {
                    "pub" => open = true,
                    "use" => {
                        self.imported(&mut tokens, &[], module, open);
                        open = false;
                    }
                    "mod" => {
                        self.module(&mut tokens, open, module);
                        open = false;
                    }
                    item if ITEMS.contains(&item) => self.item(&mut tokens, open),
                    // A field or a method has no path of its own.
                    _ if dot => (),
                    name => {
                        self.path(&mut tokens, name, ident.span().start().line, module);
                        open = false;
                    }
                },
            }
        }
    }

    fn item(&mut self, tokens: &mut Tokens, open: bool) {
        if let Some(TokenTree::Ident(name)) = tokens.peek()
            && open
            && self.depth == 0
        {
            self.source.given.insert(name.to_string());
        }
    }

    fn module(&mut self, tokens: &mut Tokens, open: bool, module: &[String]) {
        let Some(TokenTree::Ident(name)) = tokens.next() else {
            return;
        };
        let line = name.span().start().line;
        let name = name.to_string();
        if let Some(TokenTree::Group(body)) =
            tokens.next_if(|token| matches!(token, TokenTree::Group(_)))
            && name != "tests"
        {
            let inner = [module, std::slice::from_ref(&name)].concat();
            self.tokens(body.stream(), &inner);
        }
        let what = Declared { name, open };
        self.source.modules.push(Place { line, what });
    }

    /// The rest of a path that begins with `first`.
    fn path(&mut self, tokens: &mut Tokens, first: &str, line: usize, module: &[String]) {
        let mut path = vec![first.to_owned()];
        while colons(tokens) {
            match tokens.peek() {
                Some(TokenTree::Ident(name)) => path.push(name.to_string()),
                _ => break,
            }
            tokens.next();
        }
        if is(tokens, '!') {
            let what = path.last().cloned().unwrap_or_default();
            self.source.macros.push(Place { line, what });
        }
        let what = absolute(&path, module);
        self.source.paths.push(Place { line, what });
    }

    /// One tree of a `use`, below `before`.
    fn imported(&mut self, tokens: &mut Tokens, before: &[String], module: &[String], open: bool) {
        let mut path = before.to_vec();
        let mut line = 0;
        let mut name = None;
        loop {
            match tokens.peek().cloned() {
                Some(TokenTree::Ident(ident)) if ident == "as" => {
                    tokens.next();
                    name = tokens.next().map(|alias| alias.to_string());
                }
                Some(TokenTree::Ident(ident)) => {
                    line = ident.span().start().line;
                    path.push(ident.to_string());
                    tokens.next();
                }
                Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => {
                    tokens.next();
                }
                Some(TokenTree::Punct(punct)) if punct.as_char() == '*' => {
                    line = punct.span().start().line;
                    path.push("*".to_owned());
                    tokens.next();
                }
                Some(TokenTree::Group(group)) => {
                    tokens.next();
                    let mut trees = group.stream().into_iter().peekable();
                    while trees.peek().is_some() {
                        self.imported(&mut trees, &path, module, open);
                    }
                    path.clear();
                }
                _ => break,
            }
        }
        // Past the comma or the semicolon.
        tokens.next();
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        if let Some(last) = path.last().cloned() {
            let what = absolute(&path, module);
            let name = name.unwrap_or(last);
            if open {
                self.source.given.insert(name.clone());
            }
            self.imports.insert(name, what.clone());
            self.source.paths.push(Place { line, what });
        }
    }

    fn text(&mut self, literal: &Literal) {
        let written = literal.to_string();
        if let Some((_, text)) = written.split_once('"') {
            let line = literal.span().start().line;
            let what = text.trim_end_matches(['"', '#']).to_owned();
            self.source.texts.push(Place { line, what });
        }
    }
}

/// Whether two colons come next; they are passed.
fn colons(tokens: &mut Tokens) -> bool {
    let colon = |tokens: &mut Tokens| {
        tokens
            .next_if(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':'))
            .is_some()
    };
    colon(tokens) && colon(tokens)
}

fn is(tokens: &mut Tokens, wanted: char) -> bool {
    matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

/// A path without `self` and `super` at its start.
fn absolute(path: &[String], module: &[String]) -> Vec<String> {
    let mut at = module.to_vec();
    let mut rest = path;
    let mut relative = false;
    while let Some((first, more)) = rest.split_first() {
        match first.as_str() {
            "self" => (),
            "super" => {
                at.pop();
            }
            _ => break,
        }
        relative = true;
        rest = more;
    }
    if relative {
        [&at, rest].concat()
    } else {
        path.to_vec()
    }
}

/// A path with an imported name at its start spelled out.
fn resolved(path: &[String], imports: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    match path.split_first() {
        Some((first, rest)) if first != "crate" => match imports.get(first) {
            Some(origin) => [origin, rest].concat(),
            None => path.to_vec(),
        },
        _ => path.to_vec(),
    }
}
