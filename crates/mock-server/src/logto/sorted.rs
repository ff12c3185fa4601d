//! Rows in the order of a key, so that finding one and taking a page cost the same wherever they are.

use std::borrow::Borrow;

use imbl::Vector;

/// Rows with ascending keys, each key once. A clone costs nothing and shares what stays equal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Sorted<K, V> {
    rows: Vector<(K, V)>,
}

/// For each row that is added there have to be so many others for it to count as one of a few.
const FEW: usize = 64;

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Self { rows: Vector::new() }
    }
}

impl<K: Clone + Ord, V: Clone> Sorted<K, V> {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn last_key(&self) -> Option<&K> {
        self.rows.last().map(|(key, _)| key)
    }

    pub(super) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let position = self.position(key).ok()?;
        self.rows.get(position).map(|(_, value)| value)
    }

    pub(super) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let position = self.position(key).ok()?;
        self.rows.get_mut(position).map(|(_, value)| value)
    }

    /// Adds a row, or puts it in the place of the one with its key.
    pub(super) fn put(&mut self, key: K, value: V) {
        match self.position(&key) {
            Ok(position) => {
                self.rows.set(position, (key, value));
            }
            Err(position) => self.rows.insert(position, (key, value)),
        }
    }

    /// Adds rows none of whose keys is there. A few go in one by one, which leaves what is around them shared; with
    /// many the rows are laid out anew, which takes as long for keys in any order.
    pub(super) fn put_all(&mut self, mut rows: Vec<(K, V)>) {
        if rows.len().saturating_mul(FEW) <= self.len() {
            for (key, value) in rows {
                self.put(key, value);
            }
            return;
        }
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut rows = rows.into_iter().peekable();
        let mut merged = Vector::new();
        for known in std::mem::take(&mut self.rows) {
            while let Some(row) = rows.next_if(|(key, _)| *key < known.0) {
                merged.push_back(row);
            }
            merged.push_back(known);
        }
        merged.extend(rows);
        self.rows = merged;
    }

    pub(super) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let position = self.position(key).ok()?;
        Some(self.rows.remove(position).1)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.rows.iter().map(|(key, value)| (key, value))
    }

    /// So many rows from a position on, or as many as there are.
    pub(super) fn page(&self, offset: usize, limit: usize) -> Vec<(&K, &V)> {
        let start = offset.min(self.len());
        let end = start.saturating_add(limit).min(self.len());
        let rows = self.rows.focus().narrow(start..end).into_iter();
        rows.map(|(key, value)| (key, value)).collect()
    }

    fn position<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.rows.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(keys: &str) -> Sorted<char, usize> {
        let mut sorted = Sorted::default();
        for (value, key) in keys.chars().enumerate() {
            sorted.put(key, value);
        }
        sorted
    }

    fn keys(sorted: &Sorted<char, usize>) -> String {
        sorted.iter().map(|(key, _)| *key).collect()
    }

    #[test]
    fn rows_are_found_by_key_and_kept_in_its_order() {
        let mut sorted = sorted("dbca");
        assert_eq!((keys(&sorted).as_str(), sorted.get(&'b')), ("abcd", Some(&1)));
        sorted.put('b', 9);
        *sorted.get_mut(&'c').unwrap() = 8;
        assert_eq!(sorted.remove(&'a'), Some(3));
        assert_eq!((sorted.remove(&'a'), sorted.get(&'a')), (None, None));
        assert_eq!((keys(&sorted).as_str(), sorted.len()), ("bcd", 3));
        assert_eq!((sorted.get(&'b'), sorted.get(&'c')), (Some(&9), Some(&8)));
        assert_eq!(sorted.last_key(), Some(&'d'));
    }

    #[test]
    fn pages_together_are_the_whole_and_none_lies_beyond_it() {
        let sorted = sorted("edcba");
        for limit in 1..7 {
            let pages = (0..5)
                .step_by(limit)
                .flat_map(|offset| sorted.page(offset, limit));
            assert_eq!(pages.map(|(key, _)| *key).collect::<String>(), "abcde");
        }
        assert!(sorted.page(5, 1).is_empty());
        assert!(sorted.page(usize::MAX, usize::MAX).is_empty());
    }
}
