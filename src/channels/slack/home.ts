import type { View } from "#channels/slack/blocks.ts";
import { body, buttonRows, header } from "#channels/slack/card.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import type { SlackParts } from "#channels/slack/parts.ts";
import { shown } from "#channels/slack/render.ts";
import type { HomeSection } from "#core/workspace.ts";
import type { Words } from "#i18n/words.ts";
import type { Language } from "#text/language.ts";

/** What a person's own page looks like. */
export function renderHome(sections: readonly HomeSection[], words: Words, language: Language): View {
  const blocks = sections.flatMap(({ title, paragraphs, buttons = [] }) => [
    header(shown(title, words, language).words),
    ...body(paragraphs, words, language),
    ...buttonRows(buttons, words, language),
  ]);
  return { type: "home", blocks: blocks.slice(0, LIMITS.viewBlocks) };
}

/** Shows a person's own page as it is now. False where it may be shown another time. */
export async function publishHome(parts: SlackParts, person: string): Promise<boolean> {
  const { client, words, log } = parts;
  const language = (await parts.languageOf(person)) ?? parts.defaultLanguage;
  const sections = [...((await parts.staff?.home?.(person)) ?? []), ...(await parts.home(person, language))];
  const view = renderHome(sections, words, language);
  const published = await client.call("views.publish", { user_id: person, view });
  if (published.ok) return true;
  log.callFailed("views.publish", published.code);
  return !["slow-down", "not-sent", "unknown"].includes(published.why);
}
