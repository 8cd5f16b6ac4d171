//! Where feedback is filed, as it was configured.

use b24_model::secret::FeedbackToken;

use super::{known::Known, repository::Repository};
use crate::config::{ConfigError, Key, Written};

/// What is needed to file feedback.
#[derive(Debug)]
pub(crate) struct Place {
    pub(super) repository: Repository,
    pub(super) token: FeedbackToken,
    /// What must never be told there.
    pub(super) known: Known,
}

impl Place {
    /// Reads it. With a repository or a token missing there is no place: nobody could write there.
    pub(crate) fn settle(said: &mut Written) -> Result<Option<Self>, ConfigError> {
        let refused = |place: String| ConfigError::Value {
            name: Key::FeedbackRepo.entry().name,
            wanted: "an owner and a name, such as acme/feedback".into(),
            place,
        };
        let repository = said.about(Key::FeedbackRepo).map(|said| {
            said.text.expose().trim().parse::<Repository>().map_err(|()| refused(said.source.to_string()))
        });
        let token = said.about(Key::FeedbackToken).map(|said| FeedbackToken::new(said.text.expose().trim()));
        match (repository.transpose()?, token) {
            (Some(repository), Some(token)) => {
                Ok(Some(Self { repository, token, known: Known::learn(said) }))
            }
            (None, None) => Ok(None),
            (repository, _) => {
                let lacks = if repository.is_none() { "feedback_repo" } else { "feedback_token" };
                said.remarks
                    .push(format!("feedback about this server is not filed anywhere: `{lacks}` is not set"));
                Ok(None)
            }
        }
    }
}
