/// A rule of a vendor's behaviour that can be seen from outside.
#[derive(Debug, Eq, PartialEq)]
pub struct Rule {
    /// Its number among the API's rules.
    pub number: u8,
    /// What it is about, in a few words.
    pub title: &'static str,
}
