use contract_tests::scenario::Rule;

/// The rules, each with its number; the statics stand in the order of the list.
macro_rules! rules {
    ($($name:ident $number:literal $title:literal;)*) => {
        $(pub(crate) static $name: Rule = Rule { number: $number, title: $title };)*
        pub(crate) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    CREATING 1 "creating an organization";
    LISTING 2 "listing organizations";
    FEATURED 3 "featured members";
    SEARCHING 4 "searching organizations";
    READING 5 "reading an organization";
    CHANGING 6 "changing an organization";
    NOTHING_TO_CHANGE 7 "a change of nothing";
    RENAMING 8 "another id";
    DELETING 9 "deleting an organization";
    ADDING 10 "adding members";
    ADDING_ALL 11 "adding all or nobody";
    ADDING_NOBODY 12 "adding nobody";
    REPLACING 13 "replacing the members";
    REMOVING 14 "removing a member";
    MEMBERS 15 "listing members";
    SEARCHING_MEMBERS 16 "searching members";
    SUSPENDED 17 "suspended users";
    MEMBERS_ONLY 18 "roles are for members";
    GIVING 19 "giving roles to one";
    SETTING_ROLES 20 "replacing a member's roles";
    GIVING_TO_SEVERAL 21 "giving roles to several";
    TAKING 22 "taking a role";
    ROLES 23 "listing roles";
    APART 24 "roles apart from each other";
    AT_ONCE 25 "changes seen at once";
    TOKEN_FIRST 26 "the token before everything";
    SCOPE 27 "the scope all";
    PLAN 28 "what the plan covers";
    ERROR_BODY 29 "errors in one shape";
    ISSUES 30 "what is wrong with a request";
    UNREADABLE 31 "bodies that cannot be read";
    UNKNOWN_FIELDS 32 "what nobody knows";
    PAGING 33 "pages";
    BAD_PAGES 34 "pages there cannot be";
    LINKS 35 "links to other pages";
    ORDER_OF_CHECKS 36 "the order of checks";
    IDS_IN_PATHS 37 "ids in paths";
    ROUTES 38 "unknown routes and wrong methods";
    TOKENS 39 "tokens for applications";
    TOGETHER 40 "requests at one moment";
    LIFE 41 "an organization from beginning to end";
}
