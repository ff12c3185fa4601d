use contract_tests::scenario::Rule;

/// The rules, each with its number; the statics stand in the order of the list.
macro_rules! rules {
    ($($name:ident $number:literal $title:literal;)*) => {
        $(pub(crate) static $name: Rule = Rule { number: $number, title: $title };)*
        pub(crate) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    CREDENTIALS 1 "a credential is needed";
    EITHER 2 "either credential is enough";
    TOKEN_ROLES 3 "a token acts as its roles";
    SESSIONS 4 "a session follows its login";
    ADDING 5 "adding a member";
    DUPLICATE 6 "a member once";
    FIRST_OWNER 7 "adding an owner";
    READING 8 "reading a member";
    LISTING 9 "listing";
    ROLE_FILTER 10 "members with a role";
    SITE_FILTER 11 "collaborators of a website";
    SEARCH 12 "searching";
    SORTING 13 "sorting";
    PAGING 14 "offset and limit";
    BAD_QUERY 15 "queries that cannot be used";
    OVERWRITING 16 "settings are replaced";
    SITE_ACCESS 17 "site access";
    OWNER_ROLE 18 "the role of the owner";
    REMOVAL 19 "removing a member";
    OWNER_STAYS 20 "the owner cannot be removed";
    MEMBER_ID 21 "malformed member ids";
    HANDING_OVER 22 "handing over the ownership";
    TO_THE_OWNER 23 "handing over to the owner";
    NOT_FROM_WITHIN 24 "a super admin hands over nothing";
    OWNERLESS 25 "handing over where nobody owns";
    TAKING 26 "taking the ownership away";
    ROOT 27 "nothing is above the master organization";
    ANCESTORS 28 "every organization above counts";
    LOGIN_LINK 29 "one-time login links";
    FOLLOWING 30 "following a login link";
    NO_LINK 31 "nobody to log in";
    LINK_CALLERS 32 "who makes login links";
    MAKING_TOKENS 33 "making an access token";
    SECRET_ONCE 34 "the secret is shown once";
    TOKEN_LIST 35 "listing access tokens";
    TOKEN_EXPIRY 36 "access tokens expire";
    TOKEN_NAMES 37 "names of access tokens";
    TOKEN_END 38 "deleting an access token";
    NO_MEMBERS 39 "access tokens are no members";
    TOKEN_LIMITS 40 "what access tokens cannot do";
    NO_CEILING 41 "any role can be given";
    INVITE_NEW 42 "inviting a new address";
    INVITE_KNOWN 43 "inviting a registered login";
    INVITE_PENDING 44 "inviting who is invited elsewhere";
    INVITE_AGAIN 45 "inviting again";
    INVITE_MEMBER 46 "inviting a member";
    INVITE_URL 47 "the URL of an invitation";
    PANEL 48 "the panel of an invitation";
    MAIL 49 "invitation mails";
    INVITE_LIFE 50 "an invitation lives ten days";
    INVITE_OWNER 51 "inviting an owner";
    INVITE_SITES 52 "inviting a collaborator";
    VALIDATING 53 "validating";
    VALIDATED 54 "what a valid invitation says";
    VALIDATING_OPEN 55 "validating without a session";
    ACCEPT_NEW 56 "accepting as a new person";
    ACCEPT_KNOWN 57 "accepting with a password";
    ACCEPT_SESSION 58 "accepting in a session";
    ACCEPT_OTHER 59 "accepting in another's session";
    WRONG_PROOF 60 "accepting with the wrong proof";
    NO_SESSION 61 "a session that is none";
    ACCEPT_TOKEN 62 "accepting with an access token";
    CONSUMED 63 "accepting twice";
    COOKIE 64 "the cookie of accepting";
    SEVERAL 65 "several invitations of one login";
    ELSEWHERE 66 "accepting leaves others alone";
    LOCALE 67 "the language of a new login";
    ORDER_OF_CHECKS 68 "the order of checks";
    ERRORS 69 "errors in one shape";
    BODIES 70 "bodies";
    EXTRAS 71 "repeated roles and unknown fields";
    PENDING_OWNER 72 "an owner who is pending";
    ADDRESSES 73 "addresses in any case";
    RIGHTS 74 "who may call what";
    ROUTES 75 "unknown routes and wrong methods";
    AT_ONCE 76 "requests at one moment";
    STORIES 77 "stories";
}
