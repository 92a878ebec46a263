//! Texts as any XML document can hold them.

/// `text` without what no XML document can hold, not even escaped (XML 1.0,
/// section 2.2): most control characters. Line ends become those of XML.
pub(super) fn legal(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|character| if character == '\r' { '\n' } else { character })
        .filter(|character| is_legal(*character))
        .collect()
}

const fn is_legal(character: char) -> bool {
    matches!(
        character,
        '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..
    )
}

/// Plain words as HTML that shows them.
pub(super) fn as_html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{as_html, legal};

    #[test]
    fn what_no_xml_can_hold_is_left_out_and_all_else_stays() {
        let odd = "a\u{0}\u{8}\u{b}\u{1b}\u{fffe}\u{ffff}b\r\nc\rd\te \u{202e}\u{1f9ca} ]]> & <i>";

        assert_eq!(legal(odd), "ab\nc\nd\te \u{202e}\u{1f9ca} ]]> & <i>");
    }

    #[test]
    fn words_as_html_show_themselves() {
        assert_eq!(as_html("a < b && c > d"), "a &lt; b &amp;&amp; c &gt; d");
    }
}
