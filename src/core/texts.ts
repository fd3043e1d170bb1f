/** Every text is named by a key of the source locale, so that a misspelt one does not compile. */
export type TextKey =
  | keyof typeof import("../../locales/tr/bot.json", { with: { "resolution-mode": "import" } })
  | keyof typeof import("../../locales/tr/desk.json", { with: { "resolution-mode": "import" } })
  | keyof typeof import("../../locales/tr/staff.json", { with: { "resolution-mode": "import" } })
  | keyof typeof import("../../locales/tr/channels.json", { with: { "resolution-mode": "import" } });
