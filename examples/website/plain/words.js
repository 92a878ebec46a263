// The page's own words, and its editions.

export const EDITIONS = [
  { name: "en", label: "English", locales: ["en"] },
  // What has no Belarusian text is shown in Russian, and nothing in English.
  { name: "be-ru", label: "Беларуская / Русский", locales: ["be", "ru"] },
];

const WORDS = {
  en: {
    editions: "Editions",
    archive: "All issues",
    feeds: "Subscribe",
    neighbours: "Other issues",
    inThisIssue: "In this issue",
    minutes: (minutes) => `${minutes} min read`,
    corrections: "Corrections",
    empty: "Nothing has been published here yet.",
    missing: "This is not in the edition that you read.",
    failed: "This can’t be shown at the moment.",
    again: "Try again",
    skip: "Skip to content",
    IMPROVED: "Improved",
    UNCHANGED: "Not changed",
    DETERIORATED: "Got worse",
  },
  be: {
    editions: "Выданні",
    archive: "Усе нумары",
    feeds: "Падпісацца",
    neighbours: "Іншыя нумары",
    inThisIssue: "У гэтым нумары",
    minutes: (minutes) => `${minutes} хв чытання`,
    corrections: "Выпраўленні",
    empty: "Тут яшчэ нічога не апублікавана.",
    missing: "Гэтага няма ў выданні, якое вы чытаеце.",
    failed: "Зараз гэта немагчыма паказаць.",
    again: "Паспрабаваць яшчэ раз",
    skip: "Перайсці да зместу",
    IMPROVED: "Палепшылася",
    UNCHANGED: "Без змен",
    DETERIORATED: "Пагоршылася",
  },
  // Articles of the second edition may be in Russian; so are their trends.
  ru: {
    minutes: (minutes) => `${minutes} мин чтения`,
    corrections: "Исправления",
    IMPROVED: "Улучшилось",
    UNCHANGED: "Без изменений",
    DETERIORATED: "Ухудшилось",
  },
};

/** The words of a language. */
export const words = (locale) => WORDS[locale] ?? WORDS.en;

/** The edition of this name; else the one that the reader's browser prefers. */
export function edition(name) {
  const speaks = ({ locales }) =>
    navigator.languages.findIndex((tag) => locales.includes(tag.split("-")[0]));
  const liked = EDITIONS.filter((one) => speaks(one) >= 0).sort((a, b) => speaks(a) - speaks(b));
  return EDITIONS.find((one) => one.name === name) ?? liked[0] ?? EDITIONS[0];
}
