/// A role, as it is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    Owner,
    SuperAdmin,
    Business,
    SiteAccess,
    Support,
    Sysadmin,
}

impl Role {
    pub(crate) const ALL: [Self; 6] = [
        Self::Owner,
        Self::SuperAdmin,
        Self::Business,
        Self::SiteAccess,
        Self::Support,
        Self::Sysadmin,
    ];

    pub(crate) fn text(self) -> String {
        format!("{self:?}")
    }
}

/// Each role once, where it stands first.
pub(crate) fn once(roles: &[Role]) -> Vec<Role> {
    let mut once = Vec::new();
    for role in roles {
        if !once.contains(role) {
            once.push(*role);
        }
    }
    once
}
