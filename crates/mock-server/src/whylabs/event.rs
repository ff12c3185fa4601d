//! What WhyLabs tells the rest of itself about memberships, so that a mail can go out.

use serde_json::{Value, json};

/// The message that WhyLabs queues for a user who was added to an organization. Nothing else that happens to a
/// membership makes one.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Notification {
    /// The id of the organization.
    pub org_id: String,
    /// Its name.
    pub org_name: String,
    /// The id of the user.
    pub user_id: String,
    /// Their address.
    pub user_email: String,
    /// The id of the API key that added them: what stands before its dot.
    pub created_by: String,
}

impl Notification {
    /// The one kind there is.
    #[must_use]
    pub fn name(&self) -> &'static str {
        "notification"
    }

    /// What it says.
    #[must_use]
    pub fn data(&self) -> Value {
        json!({
            "orgId": self.org_id,
            "orgName": self.org_name,
            "userId": self.user_id,
            "userEmail": self.user_email,
            "createdBy": self.created_by,
        })
    }
}
