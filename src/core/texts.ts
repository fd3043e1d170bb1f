import type bot from "../../locales/tr/bot.json" with { type: "json" };

/** Every text is named by a key of the source locale, so that a misspelt one does not compile. */
export type TextKey = keyof typeof bot;
