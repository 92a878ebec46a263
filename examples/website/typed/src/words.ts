// The site's editions, and its own words.

import type { Trend } from "./generated.js";

export interface Edition {
  label: string;
  /** Its languages, the preferred one first. What has a text in none is not in it. */
  locales: readonly [string, ...string[]];
}

export const EDITIONS: readonly Edition[] = [
  { label: "English", locales: ["en"] },
  { label: "Беларуская / Русский", locales: ["be", "ru"] },
];

interface Words {
  skip: string;
  editions: string;
  feeds: string;
  corrections: string;
  minutes: (minutes: number) => string;
  trends: Record<Trend, string>;
}

const WORDS: Record<string, Words> = {
  en: {
    skip: "Skip to content",
    editions: "Editions",
    feeds: "Subscribe",
    corrections: "Corrections",
    minutes: (minutes) => `${minutes} min read`,
    trends: { IMPROVED: "Improved", UNCHANGED: "Not changed", DETERIORATED: "Got worse" },
  },
  be: {
    skip: "Перайсці да зместу",
    editions: "Выданні",
    feeds: "Падпісацца",
    corrections: "Выпраўленні",
    minutes: (minutes) => `${minutes} хв чытання`,
    trends: { IMPROVED: "Палепшылася", UNCHANGED: "Без змен", DETERIORATED: "Пагоршылася" },
  },
  ru: {
    skip: "Перейти к содержанию",
    editions: "Издания",
    feeds: "Подписаться",
    corrections: "Исправления",
    minutes: (minutes) => `${minutes} мин чтения`,
    trends: { IMPROVED: "Улучшилось", UNCHANGED: "Без изменений", DETERIORATED: "Ухудшилось" },
  },
};

/** The words of a language. */
export function words(locale: string): Words {
  return WORDS[locale] ?? (WORDS["en"] as Words);
}
