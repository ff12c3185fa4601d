//! Patterns for paths and for values of headers.

/// A pattern. It stands for whole texts, letter case included.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Glob {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Piece {
    /// This text.
    Text(Box<str>),
    /// Any text without a slash, the empty one included.
    WithoutSlash,
    /// Any text, the empty one included.
    Any,
}

impl Glob {
    /// A pattern for paths: `*` stands for any text without a slash, `**` for any text.
    pub(crate) fn of_path(pattern: &str) -> Self {
        Self::new(pattern, &Piece::WithoutSlash)
    }

    /// A pattern for values: `*` stands for any text.
    pub(crate) fn of_value(pattern: &str) -> Self {
        Self::new(pattern, &Piece::Any)
    }

    fn new(pattern: &str, star: &Piece) -> Self {
        let mut pieces = Vec::new();
        let mut rest = pattern;
        while !rest.is_empty() {
            let (text, after) = rest.split_at(rest.find('*').unwrap_or(rest.len()));
            if !text.is_empty() {
                pieces.push(Piece::Text(text.into()));
            }
            rest = after.trim_start_matches('*');
            match after.len() - rest.len() {
                0 => {}
                1 => pieces.push(star.clone()),
                _ => pieces.push(Piece::Any),
            }
        }
        Self { pieces }
    }

    /// Whether the pattern stands for this text.
    ///
    /// Every place that a beginning of the pattern can reach is kept, not one guess to come back from: the time is
    /// bounded by the product of both lengths.
    pub(crate) fn matches<T: AsRef<[u8]> + ?Sized>(&self, text: &T) -> bool {
        let text = text.as_ref();
        let Some((last, before)) = self.pieces.split_last() else {
            return text.is_empty();
        };
        // Most texts that do not match end otherwise, or begin otherwise.
        if let Piece::Text(end) = last
            && !text.ends_with(end.as_bytes())
        {
            return false;
        }
        let mut places = vec![0];
        for piece in before {
            places = match piece {
                Piece::Text(piece) => after(piece.as_bytes(), text, &places),
                Piece::WithoutSlash => up_to_slashes(text, &places),
                Piece::Any => places
                    .first()
                    .map_or_else(Vec::new, |first| (*first..=text.len()).collect()),
            };
            if places.is_empty() {
                return false;
            }
        }
        match last {
            Piece::Text(end) => text
                .len()
                .checked_sub(end.len())
                .is_some_and(|place| places.binary_search(&place).is_ok()),
            Piece::WithoutSlash => up_to_slashes(text, &places).last() == Some(&text.len()),
            Piece::Any => true,
        }
    }
}

impl Glob {
    /// Whether there is a text that both patterns stand for.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let (own, others) = (self.steps(), other.steps());
        let width = others.len() + 1;
        let mut is_seen = vec![false; (own.len() + 1) * width];
        let mut open = vec![(0, 0)];
        while let Some((i, j)) = open.pop() {
            match is_seen.get_mut(i * width + j) {
                Some(is_seen) if !*is_seen => *is_seen = true,
                _ => continue,
            }
            match (own.get(i), others.get(j)) {
                (None, None) => return true,
                (Some(Step::Byte(one)), Some(Step::Byte(another))) if one == another => {
                    open.push((i + 1, j + 1))
                }
                (Some(Step::Byte(_)), Some(Step::Byte(_)) | None) | (None, Some(Step::Byte(_))) => {}
                (Some(star), step) if !matches!(star, Step::Byte(_)) => {
                    open.push((i + 1, j));
                    open.extend(step.filter(|step| star.covers(**step)).map(|_| (i, j + 1)));
                }
                (step, Some(star)) => {
                    open.push((i, j + 1));
                    open.extend(step.filter(|step| star.covers(**step)).map(|_| (i + 1, j)));
                }
                (Some(_), None) => {}
            }
        }
        false
    }

    fn steps(&self) -> Vec<Step> {
        let steps = |piece: &Piece| match piece {
            Piece::Text(text) => text.bytes().map(Step::Byte).collect(),
            Piece::WithoutSlash => vec![Step::WithoutSlash],
            Piece::Any => vec![Step::Any],
        };
        self.pieces.iter().flat_map(steps).collect()
    }
}

/// A byte of a pattern, or a star.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Step {
    Byte(u8),
    WithoutSlash,
    Any,
}

impl Step {
    /// Whether a star can stand for this. What one star stands for, another does as far as it can: the text they have
    /// in common may be empty.
    fn covers(self, other: Self) -> bool {
        match (self, other) {
            (Self::Byte(_), _) => false,
            (Self::WithoutSlash, Self::Byte(byte)) => byte != b'/',
            (Self::WithoutSlash | Self::Any, _) => true,
        }
    }
}

/// The places behind `piece`, where it stands at one of these.
fn after(piece: &[u8], text: &[u8], places: &[usize]) -> Vec<usize> {
    let stands = |place: &&usize| text.get(**place..).is_some_and(|rest| rest.starts_with(piece));
    places
        .iter()
        .filter(stands)
        .map(|place| place + piece.len())
        .collect()
}

/// The places that can be reached from these without crossing a slash.
fn up_to_slashes(text: &[u8], places: &[usize]) -> Vec<usize> {
    let mut reached: Vec<usize> = Vec::new();
    for place in places {
        if reached.last().is_some_and(|last| place <= last) {
            continue;
        }
        let rest = text.get(*place..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'/').unwrap_or(rest.len());
        reached.extend(*place..=place + length);
    }
    reached
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn a_pattern_without_stars_is_the_text_itself() {
        let glob = Glob::of_path("/v1/organizations");
        assert!(glob.matches("/v1/organizations"));
        for other in [
            "",
            "/v1/organization",
            "/v1/organizations/",
            "/V1/organizations",
            "x/v1/organizations",
        ] {
            assert!(!glob.matches(other), "{other}");
        }
        assert!(Glob::of_path("").matches(""));
        assert!(!Glob::of_path("").matches("/"));
    }

    #[test]
    fn one_star_in_a_path_stays_within_its_segment_and_two_do_not() {
        for (pattern, matching, others) in [
            (
                "/v1/organizations/*/memberships",
                &[
                    "/v1/organizations/org_1/memberships",
                    "/v1/organizations//memberships",
                ][..],
                &[
                    "/v1/organizations/org_1/memberships/user_1",
                    "/v1/organizations/a/b/memberships",
                ][..],
            ),
            (
                "/orgs/**",
                &["/orgs/", "/orgs/o/members"],
                &["/orgs", "/invites/orgs/"],
            ),
            (
                "**/members",
                &["/members", "/orgs/o/members"],
                &["/orgs/o/members/m", "members"],
            ),
            (
                "/a/*b/**/c*",
                &["/a/b//c", "/a/xb/y/z/cd", "/a/b/c/c"],
                &["/a/b/c", "/a/x/b/y/c"],
            ),
            (
                "**/*x*/y",
                &["/x/x/y", "/ax/bxc/y", "/x//x/y"],
                &["/x/z/y", "/x/yy"],
            ),
            ("***", &["", "/a/b"], &[]),
            ("*", &["", "a"], &["/", "a/b"]),
        ] {
            let glob = Glob::of_path(pattern);
            for path in matching {
                assert!(glob.matches(path), "{pattern} {path}");
            }
            for path in others {
                assert!(!glob.matches(path), "{pattern} {path}");
            }
        }
    }

    #[test]
    fn a_star_in_a_value_stands_for_any_text_and_letter_case_counts() {
        let glob = Glob::of_value("checkout-*");
        assert!(glob.matches("checkout-"));
        assert!(glob.matches("checkout-a/b"));
        assert!(glob.matches(b"checkout-\xff"));
        assert!(!glob.matches("Checkout-1"));
        assert!(!glob.matches("a checkout-1"));
        assert!(Glob::of_value("*").matches(""));
        assert!(Glob::of_value("é*").matches("éa"));
    }

    #[test]
    fn two_patterns_overlap_where_one_text_is_of_both() {
        for (one, another, overlap) in [
            ("/a/b", "/a/b", true),
            ("/a/b", "/a/c", false),
            ("/a/b", "/a", false),
            ("/a/*", "/a/b", true),
            ("/a/*", "/a/b/c", false),
            ("/a/**", "/a/b/c", true),
            ("/a/*/c", "/a/b/*", true),
            ("/a/*/c", "/*/b/d", false),
            ("**/c", "/a/*", true),
            ("**/c/d", "/a/*", false),
            ("/x*", "*y/", false),
            ("/x*", "**y", true),
            ("", "*", true),
            ("", "/", false),
        ] {
            let (one, another) = (Glob::of_path(one), Glob::of_path(another));
            assert_eq!(one.overlaps(&another), overlap, "{one:?} {another:?}");
            assert_eq!(another.overlaps(&one), overlap, "{another:?} {one:?}");
        }
    }

    #[test]
    fn a_pattern_that_is_all_stars_takes_no_longer_than_its_length_times_that_of_the_text() {
        let text = "a".repeat(8 * 1024);
        let begun = Instant::now();
        assert!(!Glob::of_path(&format!("{}b", "*a".repeat(100))).matches(&text));
        assert!(!Glob::of_path(&format!("{}b", "**a*a".repeat(100))).matches(&text));
        assert!(Glob::of_value(&"*a".repeat(100)).matches(&text));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}
