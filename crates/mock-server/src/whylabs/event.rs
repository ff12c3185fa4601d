//! What WhyLabs tells the rest of itself about memberships, so that a mail can go out.

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
