use contract_tests::scenario::Rule;

/// The rules, each with its number; the statics stand in the order of the list.
macro_rules! rules {
    ($($name:ident $number:literal $title:literal;)*) => {
        $(pub(crate) static $name: Rule = Rule { number: $number, title: $title };)*
        pub(crate) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    KEY_FIRST 1 "the key before everything";
    KEY_SELECTS 2 "a key opens one instance";
    ENVELOPE 3 "errors in one envelope";
    ORDER_OF_CHECKS 4 "the order of checks";
    ROUTES 5 "unknown routes and wrong methods";
    VERSION 6 "any API version";
    ADDING 7 "adding a member";
    UNKNOWN 8 "what does not exist";
    DUPLICATE 9 "a member already";
    FIELDS 10 "fields missing or of the wrong type";
    UNREADABLE 11 "bodies that cannot be read";
    UNKNOWN_FIELDS 12 "fields nobody knows";
    QUOTA 13 "room for members";
    NOT_PERMITTED 14 "adding not permitted";
    ROLES 15 "role keys";
    ROLE_CHANGE 16 "changing a role";
    LAST_ADMIN 17 "last admin";
    MEMBERS_ONLY 18 "members only";
    LISTING 19 "listing";
    PAGING 20 "limit and offset";
    SORTING 21 "order";
    MERGING 22 "merging metadata";
    METADATA_SIZE 23 "size of metadata";
    METADATA_AT_START 24 "metadata from the start";
    REMOVAL 25 "removing a member";
    EMBEDDED 26 "organization and user as they are now";
    APART 27 "memberships apart from each other";
    IDS 28 "ids";
    TIMES 29 "times";
    AT_ONCE 30 "requests at one moment";
    LIFE 31 "a membership from beginning to end";
}
