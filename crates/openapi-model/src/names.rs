/// The name among `known` that `name` is probably a slip of: at most a third of its letters differ.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // Longer names are no typing slips, and measuring them all against each other would take long.
    const LONGEST: usize = 64;
    const MOST: usize = 1_000;
    let length = name.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let allowed = (length / 3).max(1);
    let folded = name.to_lowercase();
    let candidates = known
        .into_iter()
        .take(MOST)
        .filter(|candidate| candidate.len() <= 2 * LONGEST);
    let distances = candidates.map(|candidate| (distance(&folded, &candidate.to_lowercase()), candidate));
    distances
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Insertions, removals, replacements and swaps of neighbours that make one text the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (row, left) in a.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, right) in b.iter().enumerate() {
            let at = |cells: &[usize], column: usize| cells.get(column).copied().unwrap_or(usize::MAX / 2);
            let swap = previous == Some(*right) && column > 0 && b.get(column - 1) == Some(&left);
            let best = [
                at(&last, column) + usize::from(left != *right),
                at(&last, column + 1) + 1,
                at(&current, column) + 1,
                if swap {
                    at(&before_last, column - 1) + 1
                } else {
                    usize::MAX
                },
            ];
            current.push(best.into_iter().min().unwrap_or(usize::MAX));
        }
        before_last = std::mem::replace(&mut last, current);
        previous = Some(left);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_name_that_was_meant() {
        let known = ["description", "properties", "required", "readOnly"];
        assert_eq!(nearest("descripton", known), Some("description"));
        assert_eq!(nearest("propreties", known), Some("properties"));
        assert_eq!(nearest("readonly", known), Some("readOnly"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
    }
}
