use ::fake::Fake as _;
use ::fake::faker::{company, internet, lorem, name as person};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::{Rng, RngExt as _};

use super::merged::Merged;
use crate::schema::Format;

/// A lower-case word.
pub(super) fn word(rng: &mut dyn Rng) -> String {
    lorem::en::Word().fake_with_rng::<String, _>(&mut &mut *rng)
}

/// A text within the constraints, as far as they can be met together.
pub(super) fn string(merged: &Merged, name: &str, rng: &mut dyn Rng) -> Option<String> {
    if let Some(pattern) = merged.pattern {
        return matching(pattern.as_str(), merged, rng);
    }
    let text = match merged.format {
        Some(format) => formatted(format, rng),
        None => named(name, rng),
    };
    Some(if merged.format.is_some() {
        text
    } else {
        fit(text, merged, rng)
    })
}

/// A text that a pattern matches. The pattern is one of ECMA-262; most of those are read by Rust's grammar too, and
/// for the others no text is found.
fn matching(pattern: &str, merged: &Merged, rng: &mut dyn Rng) -> Option<String> {
    let hir = regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .build()
        .parse(&ascii(pattern))
        .ok()?;
    let anchored_or_not = rand_regex::Regex::with_hir(strip_anchors(hir), 12).ok()?;
    (0..32).find_map(|_| {
        let bytes: Vec<u8> = rng.sample(&anchored_or_not);
        let text = String::from_utf8(bytes).ok()?;
        let length = text.chars().count() as u64;
        let fits = length >= merged.min_length && merged.max_length.is_none_or(|most| length <= most);
        let printable = text.chars().all(|c| !c.is_control());
        (fits && printable).then_some(text)
    })
}

/// The classes of ECMA-262 are ASCII's; so is the text that is made.
fn ascii(pattern: &str) -> String {
    pattern.replace("\\/", "/")
}

/// Anchors say nothing about a text that is made whole from its pattern, and the maker cannot read them.
fn strip_anchors(hir: regex_syntax::hir::Hir) -> regex_syntax::hir::Hir {
    use regex_syntax::hir::{Hir, HirKind, Look};
    match hir.into_kind() {
        HirKind::Look(Look::Start | Look::End) => Hir::empty(),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(strip_anchors).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(strip_anchors).collect()),
        HirKind::Capture(mut capture) => {
            *capture.sub = strip_anchors(*capture.sub);
            Hir::capture(capture)
        }
        HirKind::Repetition(mut repetition) => {
            *repetition.sub = strip_anchors(*repetition.sub);
            Hir::repetition(repetition)
        }
        HirKind::Class(class) => Hir::class(class),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Empty => Hir::empty(),
    }
}

fn formatted(format: Format, rng: &mut dyn Rng) -> String {
    match format {
        Format::DateTime => format!("{}T{}", date(rng), time(rng)),
        Format::Date => date(rng),
        Format::Time => time(rng),
        Format::Uuid => uuid::Builder::from_random_bytes(rng.random())
            .into_uuid()
            .to_string(),
        Format::Email => internet::en::SafeEmail().fake_with_rng::<String, _>(&mut &mut *rng),
        Format::Uri => format!("https://{}/{}", hostname(rng), word(rng)),
        Format::UriReference => format!("/{}", word(rng)),
        Format::Ipv4 => internet::en::IPv4().fake_with_rng::<String, _>(&mut &mut *rng),
        Format::Ipv6 => internet::en::IPv6()
            .fake_with_rng::<String, _>(&mut &mut *rng)
            .to_lowercase(),
        Format::Hostname => hostname(rng),
        Format::Byte => STANDARD.encode(word(rng)),
        Format::Int32 | Format::Int64 | Format::Uint32 | Format::Uint64 => {
            rng.random_range(0..1000).to_string()
        }
    }
}

fn date(rng: &mut dyn Rng) -> String {
    format!(
        "20{:02}-{:02}-{:02}",
        rng.random_range(20..26),
        rng.random_range(1..=12),
        rng.random_range(1..=28)
    )
}

fn time(rng: &mut dyn Rng) -> String {
    format!(
        "{:02}:{:02}:{:02}Z",
        rng.random_range(0..24),
        rng.random_range(0..60),
        rng.random_range(0..60)
    )
}

fn hostname(rng: &mut dyn Rng) -> String {
    format!("{}.example.com", word(rng))
}

/// A text that reads well under the name of its property.
fn named(name: &str, rng: &mut dyn Rng) -> String {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    match plain.as_str() {
        "email" | "emailaddress" | "primaryemail" => internet::en::SafeEmail().fake_with_rng(&mut &mut *rng),
        "username" | "login" => internet::en::Username().fake_with_rng(&mut &mut *rng),
        "firstname" | "givenname" => person::en::FirstName().fake_with_rng(&mut &mut *rng),
        "lastname" | "familyname" => person::en::LastName().fake_with_rng(&mut &mut *rng),
        "name" | "fullname" | "displayname" => person::en::Name().fake_with_rng(&mut &mut *rng),
        "company" | "organization" | "orgname" => company::en::CompanyName().fake_with_rng(&mut &mut *rng),
        "description" | "message" | "detail" | "summary" => {
            lorem::en::Sentence(3..8).fake_with_rng(&mut &mut *rng)
        }
        _ if plain.ends_with("id") => format!("{}_{:012x}", word(rng), rng.random_range(0..1_u64 << 48)),
        _ => word(rng),
    }
}

/// Lengthens or cuts a text to its limits.
fn fit(mut text: String, merged: &Merged, rng: &mut dyn Rng) -> String {
    while (text.chars().count() as u64) < merged.min_length {
        text.push_str(&word(rng));
    }
    match merged.max_length {
        Some(most) => text
            .chars()
            .take(usize::try_from(most).unwrap_or(usize::MAX))
            .collect(),
        None => text,
    }
}
