//! How much room an answer takes, and how it keeps to what there is.
//!
//! What is shown is as wide as the page lets it be and as high as its words
//! need, in a font that the page chooses; oEmbed asks for figures all the same
//! (section 2.3.4.4). They are what a browser's usual font takes, about.

/// The room that a consumer has, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Most {
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
}

/// The room that something takes, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) width: u32,
    pub(super) height: u32,
}

/// As wide as it is unless told: most columns of text are no wider.
const WIDTH: u32 = 600;

/// A line of text, and the space around a paragraph.
const LINE: u32 = 24;
const SPACE: u32 = 16;

/// A character, on average.
const CHARACTER: u32 = 8;

/// What stands around the articles of an embed, and one of them.
const AROUND: u32 = 110;
const ARTICLE: u32 = 156;

impl Most {
    /// The room of paragraphs of so many characters each, cut to what there is.
    pub(super) fn of_paragraphs(self, paragraphs: &[usize]) -> Size {
        let size = self.whole(paragraphs);
        Size {
            height: self
                .height
                .map_or(size.height, |most| most.min(size.height)),
            ..size
        }
    }

    /// Whether there is room for paragraphs of so many characters each.
    pub(super) fn has_room(self, paragraphs: &[usize]) -> bool {
        self.height
            .is_none_or(|most| self.whole(paragraphs).height <= most)
    }

    fn whole(self, paragraphs: &[usize]) -> Size {
        let width = self.width.map_or(WIDTH, |most| most.min(WIDTH));
        let in_line = (width / CHARACTER).max(1);
        let lines = paragraphs.iter().map(|characters| {
            let characters = u32::try_from(*characters).unwrap_or(u32::MAX);
            characters.div_ceil(in_line).max(1)
        });
        let height = lines.fold(SPACE, |height, lines| {
            height
                .saturating_add(lines.saturating_mul(LINE))
                .saturating_add(SPACE)
        });
        Size { width, height }
    }

    /// The room of an embed of so many articles, and how many of them there is
    /// room for: one at least.
    pub(super) fn of_articles(self, articles: u32) -> (Size, u32) {
        let fitting = self.height.map_or(articles, |most| {
            let fitting = most.saturating_sub(AROUND) / ARTICLE;
            fitting.clamp(1, articles)
        });
        let height = AROUND + fitting * ARTICLE;
        let size = Size {
            width: self.width.map_or(WIDTH, |most| most.min(WIDTH)),
            height: self.height.map_or(height, |most| most.min(height)),
        };
        (size, fitting)
    }
}

#[cfg(test)]
mod tests {
    use super::{Most, Size};

    #[test]
    fn nothing_takes_more_room_than_there_is() {
        for width in [None, Some(1), Some(7), Some(300), Some(u32::MAX)] {
            for height in [None, Some(1), Some(99), Some(300), Some(u32::MAX)] {
                let most = Most { width, height };
                let (of_articles, count) = most.of_articles(5);
                let of_words = most.of_paragraphs(&[0, 20, usize::MAX]);

                for Size {
                    width: wide,
                    height: high,
                } in [of_articles, of_words]
                {
                    assert!(wide <= width.unwrap_or(600) && wide <= 600, "{most:?}");
                    assert!(
                        high > 0 && height.is_none_or(|most| high <= most),
                        "{most:?}"
                    );
                }
                assert!((1..=5).contains(&count), "{most:?}");
            }
        }
    }

    #[test]
    fn longer_words_in_less_width_take_more_height() {
        let wide = Most::default().of_paragraphs(&[40, 400, 80]);
        let narrow = Most {
            width: Some(200),
            height: None,
        }
        .of_paragraphs(&[40, 400, 80]);

        assert_eq!(
            wide,
            Size {
                width: 600,
                height: 280
            }
        );
        assert_eq!(
            narrow,
            Size {
                width: 200,
                height: 592
            }
        );
        let low = Most {
            width: None,
            height: Some(279),
        };
        assert!(!low.has_room(&[40, 400, 80]) && low.has_room(&[40, 80]));
        assert_eq!(
            Most {
                width: None,
                height: Some(450)
            }
            .of_articles(5)
            .1,
            2
        );
    }
}
