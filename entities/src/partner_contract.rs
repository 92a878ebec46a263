//! What a partner may be served, and how much of it. A partner's key without
//! one may be served what everyone may.

use sea_orm::entity::prelude::*;

/// How much of an article a partner may be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Content {
    #[sea_orm(string_value = "FULL")]
    Full,
    #[sea_orm(string_value = "SUMMARY")]
    Summary,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_contracts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub api_key_id: i64,
    /// How often it was written, from 1.
    pub version: i32,
    /// 1: it is bound to the locales of `partner_contract_locales`.
    pub binds_locales: i32,
    /// 1: it is bound to the topics of `partner_contract_topics`.
    pub binds_topics: i32,
    pub content: Content,
    /// Units of cost a day, at least 1; `None`: as many as it likes.
    pub daily_quota: Option<i64>,
    /// A list of origins in JSON, as browsers write them; `None`: any.
    pub origins: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
