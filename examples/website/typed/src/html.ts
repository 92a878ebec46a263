// HTML out of templates in which every text is escaped.

/** Markup, as it is: made by a template, or by Masthead, which sanitizes it. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = string | number | Html | null | undefined | false | readonly Html[];

/** A template of markup. Texts in it are escaped, and what is absent is left out. */
export function html(markup: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(String.raw({ raw: markup }, ...parts.map(written)));
}

function written(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (Array.isArray(part)) return part.map(written).join("");
  if (part === null || part === undefined || part === false) return "";
  return String(part).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A text's markup, its headings from the second level on: the title has the first. */
export function belowTitle(text: string): Html {
  const levels = Array.from(text.matchAll(/<h([1-6])/g), ([, level]) => Number(level));
  const lower = 2 - Math.min(...levels);
  const lowered = (_: string, tag: string, level: string) => tag + Math.min(Number(level) + lower, 6);
  return new Html(text.replace(/(<\/?h)([1-6])/g, lowered));
}
