/// How many bytes a block has.
const BLOCK: usize = 256;

/// Where the characters of a text stand among its bytes, both ways, at a small and even price.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Characters {
    /// How many characters begin before each block of bytes, and before the end; empty for ASCII text, where both
    /// counts agree.
    before: Vec<usize>,
}

impl Characters {
    pub(super) fn of(text: &str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut characters = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                before.push(characters);
                characters += begun(block);
            }
            before.push(characters);
        }
        Self { before }
    }

    /// How many characters of the text begin before a byte.
    pub(super) fn before(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(text.len());
        let block = byte / BLOCK;
        let Some(before) = self.before.get(block) else {
            return byte;
        };
        let within = text.as_bytes().get(block * BLOCK..byte).unwrap_or_default();
        before + begun(within)
    }

    /// The byte a character begins at; of one beyond the last, the end of the text.
    pub(super) fn byte(&self, text: &str, character: usize) -> usize {
        let Some(block) = self
            .before
            .partition_point(|before| *before <= character)
            .checked_sub(1)
        else {
            return character.min(text.len());
        };
        let start = block * BLOCK;
        let missing = character - self.before.get(block).copied().unwrap_or_default();
        if self.before.get(block + 1).copied() == self.before.get(block).map(|before| before + BLOCK) {
            return start + missing; // A block of ASCII, as most are.
        }
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        let begins = rest.iter().enumerate().filter(|(_, byte)| is_start(**byte));
        let mut begins = begins.map(|(offset, _)| start + offset);
        begins.nth(missing).unwrap_or(text.len())
    }
}

fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| is_start(**byte)).count()
}

/// Whether a byte of UTF-8 begins a character.
fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_bytes_are_found_from_each_other() {
        for unit in ["a", "aé", "日本", "x😀yz"] {
            for repeated in [0, 1, 128, 400] {
                let text = unit.repeat(repeated);
                let characters = Characters::of(&text);
                for (count, (byte, _)) in text.char_indices().enumerate() {
                    assert_eq!(characters.byte(&text, count), byte);
                    assert_eq!(characters.before(&text, byte), count);
                }
                let count = text.chars().count();
                assert_eq!(characters.byte(&text, count), text.len());
                assert_eq!(characters.byte(&text, count + 9), text.len());
                assert_eq!(characters.before(&text, text.len()), count);
            }
        }
    }
}
