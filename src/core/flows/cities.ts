import { chosen, shown } from "#core/flows/announcements.ts";
import { choosing } from "#core/flows/subscription.ts";
import type { Option } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, listed, noLongerWaiting, say, text, waitFor } from "#core/step.ts";
import { cityInWords } from "#text/city-names.ts";
import { PROVINCES, provinceMeant, provincesIn } from "#text/provinces.ts";
import { foldedWords } from "#text/words.ts";

const PAGE = 12;
/** More words than these, however many provinces stand among them, ask something of their own. */
const MOST_CITY_WORDS = 3;
const JOINING = new Set(["ve", "ile", "ya", "da", "de", "veya", "and", "or"]);
const ALL = /^(?:hepsi|tumu|butun iller|tum iller|butun turkiye|turkiye|fark etmez|all|all provinces|everywhere)$/;

/** The provinces to choose from, page by page; one can be typed as well. */
export function citiesPage(scene: Scene, page: number): Step {
  const { language } = scene;
  const names = PROVINCES.slice(page * PAGE, (page + 1) * PAGE);
  const options: Option[] = names.map((city) => listed(cityInWords(city, language), { act: "city", city }));
  if (page > 0) options.push(button("button.back", { act: "cities", page: page - 1 }));
  if (PROVINCES.length > (page + 1) * PAGE) options.push(button("button.more", { act: "cities", page: page + 1 }));
  options.push(button("button.allCities", { act: "city" }), button("button.announcements", { act: "announcements" }));
  const pages = Math.ceil(PROVINCES.length / PAGE);
  const head = [text("cities.question"), text("cities.how"), text("topics.page", { page: page + 1, pages })];
  return { ...shown(scene, choices(scene, head, options)), remember: { waiting: waitFor(scene, { for: "city" }) } };
}

/** Whose announcements come; of all provinces where none is named. */
export function chooseCity(scene: Scene, city: string | undefined): Step {
  return chosen(choosing(scene, { city }));
}

/** The province that was asked for, by any of its names. */
export function receiveCity(scene: Scene, message: string): Step | undefined {
  const { waiting } = scene.conversation;
  if (waiting?.for !== "city" || waiting.until < scene.now) return undefined;
  const typed = foldedWords(message);
  if (ALL.test(typed.join(" "))) return noLongerWaiting(chooseCity(scene, undefined));
  const cities = provincesIn(message);
  const others = typed.filter((word) => !JOINING.has(word)).length - cities.length;
  if (cities.length === 0 || others >= MOST_CITY_WORDS) return undefined;
  return cities.length > 1 ? askWhichCity(scene, cities) : noLongerWaiting(chooseCity(scene, cities[0]));
}

/** One province can be chosen, or all: of several that were named none is taken silently. */
export function askWhichCity(scene: Scene, cities: readonly string[]): Step {
  const options: Option[] = cities.map((city) => listed(cityInWords(city, scene.language), { act: "city", city }));
  options.push(button("button.allCities", { act: "city" }));
  return {
    replies: [choices(scene, [text("cities.one")], options)],
    remember: { waiting: waitFor(scene, { for: "city" }) },
    outcome: CHAT,
  };
}

/** A province by a slip of the hand, or else none that is known; `undefined` where it rather asks something. */
export function askCityAgain(scene: Scene, message: string): Step | undefined {
  const typed = foldedWords(message);
  if (typed.length >= MOST_CITY_WORDS) return undefined;
  const meant = typed.flatMap((word) => provinceMeant(word) ?? []);
  if (meant.length > 0) return noLongerWaiting(chooseCity(scene, meant[0]));
  return { replies: [say(scene, text("cities.unknown"))], remember: { waiting: waitFor(scene, { for: "city" }) }, outcome: CHAT };
}
