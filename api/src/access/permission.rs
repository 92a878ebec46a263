//! The one table of what each role may do.

use std::fmt;

use super::role::Role;

/// Where a role may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Wherever it is asked.
    Everywhere,
    /// A translator in the locales of the key alone, every role above in all.
    OwnLocales,
}

/// Makes the operations and their table out of one list.
macro_rules! operations {
    ($($operation:ident $name:literal $least:ident $reach:ident;)+) => {
        /// What only some may do: a field of the mutation root, or a reading
        /// that is not for everyone.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operation {
            $($operation,)+
        }

        /// The name, the least role and the reach of each, in order.
        const TABLE: &[(&str, Role, Reach)] = &[
            $(($name, Role::$least, Reach::$reach),)+
        ];

        impl Operation {
            /// All operations, in the order of the README.
            pub const ALL: &[Self] = &[$(Self::$operation,)+];
        }
    };
}

operations! {
    IssueCreate "issueCreate" Editor Everywhere;
    IssueUpdate "issueUpdate" Editor Everywhere;
    IssueDelete "issueDelete" Editor Everywhere;
    IssueArticlesReorder "issueArticlesReorder" Editor Everywhere;
    IssuePublish "issuePublish" Publisher Everywhere;
    IssueUnpublish "issueUnpublish" Publisher Everywhere;
    IssueTranslationCreate "issueTranslationCreate" Editor Everywhere;
    IssueTranslationUpdate "issueTranslationUpdate" Editor Everywhere;
    IssueTranslationRestore "issueTranslationRestore" Editor Everywhere;
    IssueTranslationDelete "issueTranslationDelete" Editor Everywhere;
    ArticleCreate "articleCreate" Editor Everywhere;
    ArticleUpdate "articleUpdate" Editor Everywhere;
    ArticleDelete "articleDelete" Editor Everywhere;
    ArticleTranslationCreate "articleTranslationCreate" Translator OwnLocales;
    ArticleTranslationUpdate "articleTranslationUpdate" Translator OwnLocales;
    ArticleTranslationDelete "articleTranslationDelete" Translator OwnLocales;
    ArticleTranslationSubmit "articleTranslationSubmit" Translator OwnLocales;
    ArticleTranslationRestore "articleTranslationRestore" Translator OwnLocales;
    ArticleTranslationApprove "articleTranslationApprove" Editor Everywhere;
    ArticleTranslationSendBack "articleTranslationSendBack" Editor Everywhere;
    ArticleTranslationPublish "articleTranslationPublish" Publisher Everywhere;
    ArticleTranslationUnpublish "articleTranslationUnpublish" Publisher Everywhere;
    PublishedTextWrite "published texts" Publisher Everywhere;
    CorrectionCreate "correctionCreate" Publisher Everywhere;
    CorrectionUpdate "correctionUpdate" Publisher Everywhere;
    CorrectionDelete "correctionDelete" Publisher Everywhere;
    TopicCreate "topicCreate" Editor Everywhere;
    TopicUpdate "topicUpdate" Editor Everywhere;
    TopicDelete "topicDelete" Editor Everywhere;
    TopicTranslationCreate "topicTranslationCreate" Editor Everywhere;
    TopicTranslationUpdate "topicTranslationUpdate" Editor Everywhere;
    TopicTranslationRestore "topicTranslationRestore" Editor Everywhere;
    TopicTranslationDelete "topicTranslationDelete" Editor Everywhere;
    AuthorCreate "authorCreate" Editor Everywhere;
    AuthorUpdate "authorUpdate" Editor Everywhere;
    AuthorDelete "authorDelete" Editor Everywhere;
    AuthorTranslationCreate "authorTranslationCreate" Editor Everywhere;
    AuthorTranslationUpdate "authorTranslationUpdate" Editor Everywhere;
    AuthorTranslationRestore "authorTranslationRestore" Editor Everywhere;
    AuthorTranslationDelete "authorTranslationDelete" Editor Everywhere;
    ScheduleCreate "scheduleCreate" Publisher Everywhere;
    ScheduleCancel "scheduleCancel" Publisher Everywhere;
    SchedulesRead "schedules" Editor Everywhere;
    DraftsRead "drafts" Translator Everywhere;
    RevisionsRead "revisions" Translator Everywhere;
    PreviewTokenCreate "previewTokenCreate" Translator Everywhere;
    PublicationCreate "publicationCreate" Admin Everywhere;
    PublicationUpdate "publicationUpdate" Admin Everywhere;
    PublicationLocaleAdd "publicationLocaleAdd" Admin Everywhere;
    PublicationLocaleRemove "publicationLocaleRemove" Admin Everywhere;
    ApiKeyCreate "apiKeyCreate" Admin Everywhere;
    ApiKeyUpdate "apiKeyUpdate" Admin Everywhere;
    ApiKeyRotate "apiKeyRotate" Admin Everywhere;
    ApiKeyRevoke "apiKeyRevoke" Admin Everywhere;
    ApiKeysRead "apiKeys" Admin Everywhere;
    AuditLogRead "auditLog" Admin Everywhere;
    WebhookEndpointCreate "webhookEndpointCreate" Admin Everywhere;
    WebhookEndpointUpdate "webhookEndpointUpdate" Admin Everywhere;
    WebhookEndpointDelete "webhookEndpointDelete" Admin Everywhere;
    WebhookEndpointRotateSecret "webhookEndpointRotateSecret" Admin Everywhere;
    WebhookEndpointTest "webhookEndpointTest" Admin Everywhere;
    WebhookEndpointReplay "webhookEndpointReplay" Admin Everywhere;
    WebhookDeliveryReplay "webhookDeliveryReplay" Admin Everywhere;
    WebhookEndpointsRead "webhookEndpoints" Admin Everywhere;
    WebhookDeliveriesRead "webhookDeliveries" Admin Everywhere;
}

impl Operation {
    /// The field of the schema, or what is read or written, in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        TABLE[self as usize].0
    }

    /// The least role that may do it.
    #[must_use]
    pub const fn least(self) -> Role {
        TABLE[self as usize].1
    }

    /// Whether a translator may do it in the locales of the key alone.
    #[must_use]
    pub const fn in_own_locales(self) -> bool {
        matches!(TABLE[self as usize].2, Reach::OwnLocales)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}
