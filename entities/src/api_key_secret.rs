//! The secrets of API keys: one, or two while one takes over from the other.
//! What a holder sends is not here, only what it hashes to.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key_secrets")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub api_key_id: i64,
    /// What the secret is found by; it is no secret itself.
    #[sea_orm(unique)]
    pub prefix: String,
    /// SHA-256 of the whole key, in hexadecimal.
    pub hash: String,
    pub created_at: DateTimeUtc,
    /// From when on it is not valid; `None`: as long as its key is.
    pub expires_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
