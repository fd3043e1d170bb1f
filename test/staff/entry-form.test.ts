import { expect, test } from "vitest";
import { entryForm } from "#staff/entry-form.ts";
import { knowledge } from "../support/knowledge.ts";
import { words } from "../support/words.ts";

/** The units that the form offers, as staff read them. */
async function unitsIn(language: "tr" | "en", owner?: string): Promise<string[]> {
  const base = await knowledge();
  const values = owner === undefined ? {} : { owner: [owner] };
  const form = entryForm({ language, knowledge: () => base }, {}, values, []);
  const unit = form.fields.find(({ id }) => id === "owner");
  return unit?.kind === "choice" ? unit.options.map(({ label }) => words(label, language)) : [];
}

test("the unit that keeps an entry true is named in words, and one that has none by its name", async () => {
  expect(await unitsIn("tr")).toEqual(["Bilgi hizmeti", "Dış ilişkiler", "Eğitim", "Etkinlik", "Genel sekreterlik", "Hukuk"]);
  expect(await unitsIn("en")).toContain("Information service");
  expect(await unitsIn("tr", "arsiv")).toContain("arsiv");
});
