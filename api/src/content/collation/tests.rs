//! Alphabets, and that a key keeps their order.

use base64::Engine as _;

use super::{ORDERED, sort_key};

/// The words in the order of their keys, wherever they stood before.
fn sorted<'a>(locale: &str, words: &[&'a str]) -> Vec<&'a str> {
    let mut words: Vec<&str> = words.iter().rev().copied().collect();
    words.sort_by_key(|word| sort_key(locale, word));
    words
}

#[test]
fn words_are_in_the_order_of_their_own_alphabet() {
    for (locale, words) in [
        // і stands before й, ў after у, ё after е.
        (
            "be",
            "ель ём жук зіма іней йод кот улей ўсход фарба час ы эра юг яма",
        ),
        ("be", "едзь ецца ёд ёсць узор уява ўдых фон"),
        ("be", "Ёлка ёлкі Ёршык"),
        // In Russian ё is a kind of е, which counts where nothing else does.
        ("ru", "едва ёж езда ёлка ель если жук"),
        ("ru", "все всё всегда"),
        // Accents count only where the letters are the same, case after them.
        ("en", "apple Banana cafe Cafe café cafes cherry Émile zoo"),
        ("en", "😀 10 2 2a A"),
        // y is a kind of i; č, š, ž are letters.
        (
            "lt",
            "cukrus čia dar inkaras ypač ypatingas irklas jūra sala šalis taip",
        ),
        ("pl", "lato łan mak osa owca ósmy zorza źle żar"),
        ("uk", "гай ґанок дім ень єдність жук ива ідея їжа йод"),
        ("sr-Latn", "cvet čas ćup dan džep đak list ljeto zima žar"),
        ("sv", "zon ål ära öl"),
        ("de", "Affe Ähre Alm Strasse Straße Zaun"),
        ("ar", "أحمد باب تمر ثلج"),
    ] {
        let words: Vec<&str> = words.split(' ').collect();

        assert_eq!(sorted(locale, &words), words, "{locale}");
    }
}

#[test]
fn a_script_that_is_not_the_languages_own_comes_after_it() {
    assert_eq!(sorted("be", &["1", "яма", "apple"]), ["1", "яма", "apple"]);
    assert_eq!(sorted("en", &["1", "apple", "яма"]), ["1", "apple", "яма"]);
}

#[test]
fn a_variant_an_extension_and_an_unknown_language_sort_too() {
    assert_eq!(sort_key("be-tarask", "ўсход"), sort_key("be", "ўсход"));
    assert_eq!(sort_key("xx", "ice"), sort_key("en", "ice"));
    assert_eq!(sort_key("not a tag", "ice"), sort_key("en", "ice"));
    assert_eq!(sorted("en-u-kn", &["2", "10"]), ["2", "10"]);
}

#[test]
fn a_key_fits_a_row_of_an_index_whatever_the_text() {
    for character in ['a', '漢', 'Ў', '\u{fdfa}', '😀', '\u{10ffff}', '\u{301}'] {
        let key = sort_key("be", &character.to_string().repeat(500));

        assert!(key.len() <= 1_600, "{character:?}: {}", key.len());
        assert!(key.is_ascii());
    }
    assert_eq!(sort_key("be", ""), "");
}

#[test]
fn encoded_bytes_compare_as_the_bytes_do() {
    let bytes = [0, 1, 3, 4, 15, 16, 63, 64, 252, 255];
    let mut all: Vec<Vec<u8>> = vec![Vec::new()];
    let mut longest = all.clone();
    for _ in 0..3 {
        longest = longest
            .iter()
            .flat_map(|start| bytes.map(|byte| [start.as_slice(), &[byte]].concat()))
            .collect();
        all.extend(longest.iter().cloned());
    }

    all.sort();

    let encoded: Vec<String> = all.iter().map(|key| ORDERED.encode(key)).collect();
    assert!(encoded.is_sorted());
}
