use contract_tests::scenario::Rule;

/// The rules, each with its number; the statics stand in the order of the list.
macro_rules! rules {
    ($($name:ident $number:literal $title:literal;)*) => {
        $(pub(crate) static $name: Rule = Rule { number: $number, title: $title };)*
        pub(crate) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    SERVER 1 "the server";
    TOKEN_ASKED 2 "a token that is asked for";
    OFF 3 "steering that is off";
    ROUTES 4 "unknown routes and wrong methods";
    NAMES 5 "names of worlds";
    QUERIES 6 "bad parameters";
    BODIES 7 "bad bodies";
    BEGINNING 8 "worlds that begin";
    MAKING 9 "making a world";
    ROOM 10 "room for worlds";
    LOOKING 11 "looking at worlds";
    FORGETTING 12 "forgetting a world";
    RESET 13 "resetting a world";
    APART 14 "worlds apart from each other";
    EXPORT 15 "exporting what there is";
    REPLACING 16 "replacing what there is";
    MERGING 17 "adding to what there is";
    BAD_FIXTURES 18 "fixtures that make no world";
    CLOCK 19 "setting the clock";
    ADVANCING 20 "setting the clock forward and back";
    EXPIRY 21 "what expires";
    OUTBOX 22 "what the vendors would have told";
    EFFECTS 23 "what faults do";
    MATCHING 24 "which calls faults are about";
    TURNS 25 "when it is a fault's turn";
    FAULT_LIST 26 "listing and removing faults";
    BAD_FAULTS 27 "faults that make no sense";
    JOURNAL 28 "what was called";
    FILTERS 29 "some of what was called";
    SECRETS 30 "secrets masked";
    VERIFYING 31 "expectations that are met";
    UNMET 32 "expectations that are not met";
    BAD_EXPECTATIONS 33 "expectations that make no sense";
    VIOLATIONS 34 "what callers do off the contract";
    COVERAGE 35 "coverage";
    REPORTS 36 "coverage for people and for CI";
    TOTALS 37 "totals over worlds";
    SAVING 38 "the state file";
    PAGES 39 "web pages of elsewhere";
}
