//! The root field of search.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::object::SearchEdgeFields;
use super::question::Question;
use crate::content::article::{Article, ArticleFilter, ArticleList, Search};
use crate::content::language::Translated;
use crate::content::publication::reader;
use crate::content::total::Total;
use crate::graphql::connection::{Connection, EmptyFields, Kind, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{Page, weight};
use crate::graphql::scalar::Locale;

#[derive(Debug, Default)]
pub struct SearchQuery;
