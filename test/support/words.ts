import { createWords } from "#i18n/words.ts";

export const words = await createWords(new URL("../../locales/", import.meta.url), { service: "TÜRKİYE KOOP · İmece" });
