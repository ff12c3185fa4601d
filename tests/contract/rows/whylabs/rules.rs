use contract_tests::scenario::Rule;

/// The rules, each with its number; the statics stand in the order of the list.
macro_rules! rules {
    ($($name:ident $number:literal $title:literal;)*) => {
        $(pub(crate) static $name: Rule = Rule { number: $number, title: $title };)*
        pub(crate) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    NO_KEY 1 "no key";
    BAD_KEY 2 "keys that are no good";
    FORM_OF_KEY 3 "the form of a key";
    SCOPES 4 "scopes";
    OWN_ORGANIZATION 5 "a key's own organization";
    STAFF 6 "WhyLabs' own keys";
    ORDER_OF_CHECKS 7 "the order of checks";
    SHAPES 8 "errors in two shapes";
    REQUEST_IDS 9 "request ids";
    ROUTES 10 "unknown routes and wrong methods";
    BODIES 11 "no bodies";
    ROLES 12 "roles";
    SET_DEFAULT 13 "spellings of set_default";
    OTHER_PARAMETERS 14 "parameters nobody knows";
    ADDRESSES 15 "addresses";
    NO_NEW_USERS 16 "users neither made nor ended";
    ADDING 17 "adding a member";
    ORGANIZATIONS 18 "organizations looked at";
    DOMAINS 19 "domains";
    CAP 20 "room for members";
    DUPLICATE 21 "a member already";
    DEFAULTS 22 "default organization";
    LISTING 23 "listing";
    CLAIMS 24 "memberships by login";
    ROLE_CHANGE 25 "changing a role";
    REMOVAL 26 "removing a member";
    NO_PROTECTION 27 "nobody is protected";
    REPEATING 28 "the same once more";
    APART 29 "memberships apart from each other";
    AT_ONCE 30 "requests at one moment";
    STATUSES 31 "statuses";
    NOTIFICATIONS 32 "what mails are told";
}
