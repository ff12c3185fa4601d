//! Texts that mean something elsewhere, or nothing anywhere.

/// What is odd about a text, and the text.
pub(crate) type Text = (&'static str, String);

/// All of them.
pub(crate) fn texts() -> Vec<Text> {
    let fixed = [
        ("blank", " "),
        ("nothing but white space", "\t\n \u{a0}\u{2003}"),
        ("a letter outside the basic plane", "🎉"),
        ("another alphabet", "名前・Имя・اسم"),
        ("written from right to left", "\u{202e}gro"),
        ("two accents on a letter", "e\u{301}\u{302}"),
        ("a letter that grows in lower case", "İSTANBUL"),
        ("a byte order mark", "\u{feff}id"),
        ("control characters", "a\u{7}\u{1b}[31mb\u{7f}"),
        ("a line break for a header", "x\r\nSet-Cookie: a=b"),
        ("SQL that ends a statement", "'; DROP TABLE members; --"),
        ("SQL that is always true", "' OR '1'='1"),
        ("wildcards", "%_*?"),
        ("a path upwards", "../../../../etc/passwd"),
        ("a path upwards, encoded", "%2e%2e%2f%2e%2e"),
        ("a path with backslashes", "..\\..\\windows"),
        ("an address", "http://127.0.0.1:1/"),
        ("a template", "{{7*7}}${7*7}"),
        ("markup", "<script>alert(1)</script>"),
        ("JSON", "{\"a\":[1]}"),
        ("null in letters", "null"),
        ("a number in letters", "-1"),
        ("too large a number in letters", "1e400"),
        ("a truth in letters", "true"),
        ("the name every object has", "__proto__"),
        ("the zero id", "00000000-0000-0000-0000-000000000000"),
        ("an id nobody has", "2dbad576-228c-4208-b3a6-2c403cee7b38"),
    ];
    let long = [
        ("long", "x".repeat(1000)),
        ("very long", "x".repeat(6000)),
        ("longer than any address", "x".repeat(100_000)),
        ("long in another alphabet", "名".repeat(1000)),
    ];
    fixed
        .map(|(what, text)| (what, text.to_owned()))
        .into_iter()
        .chain(long)
        .collect()
}
