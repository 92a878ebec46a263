//! `Accept-Language`: the ranges of the header, and what they mean.

/// The ranges of an `Accept-Language` header, the preferred one first (RFC
/// 9110, section 12.5.4). What is malformed is passed over, as is `*`.
pub(super) fn ranges(header: &str) -> Vec<&str> {
    let mut ranges: Vec<(&str, f32)> = header
        .split(',')
        .take(MAX_RANGES)
        .filter_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let range = parts
                .next()
                .filter(|range| !range.is_empty() && *range != "*")?;
            let quality = match parts.next() {
                None => 1.0,
                Some(parameter) => {
                    let (name, value) = parameter.split_once('=')?;
                    let quality = name.eq_ignore_ascii_case("q").then_some(value)?;
                    quality.parse().ok()?
                }
            };
            (quality > 0.0 && quality <= 1.0).then_some((range, quality))
        })
        .collect();
    // Stable: equals stay as they came.
    ranges.sort_by(|one, other| other.1.total_cmp(&one.1));
    ranges.into_iter().map(|(range, _)| range).collect()
}

/// Look a range up: cut its last subtag until it is one of `known`.
pub(super) fn look_up<'a>(range: &str, known: &'a [String]) -> Option<&'a String> {
    let mut range = range;
    loop {
        if let Some(found) = known.iter().find(|tag| tag.eq_ignore_ascii_case(range)) {
            return Some(found);
        }
        let (shorter, _) = range.rsplit_once('-')?;
        // A single letter introduces what follows it, and goes with it.
        range = match shorter.rsplit_once('-') {
            Some((before, single)) if single.len() == 1 => before,
            _ => shorter,
        };
    }
}

/// The longest `Accept-Language` that is read; browsers stay far below.
const MAX_RANGES: usize = 32;
