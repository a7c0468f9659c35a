//! base64url as JOSE has it: no padding, no white space, no stray bits.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Decodes strictly; `None` for anything that is not exactly what [`encode`] writes.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Encodes without padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_spelling_is_read() {
        assert_eq!(decode("AQ").unwrap(), [1]);
        for bad in ["AQ==", "AR", "A Q", "AQ\n", "+/", "A", "A?", "AQ."] {
            assert!(decode(bad).is_none(), "{bad}");
        }
    }
}
