import type { CalendarLinkAct } from "#core/action.ts";
import type { Option } from "#core/message.ts";
import type { Notice } from "#core/notice.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";

/** Where a link to the bot leads that asks for the address of a calendar. */
export const CALENDAR_LINK = "sub_calendar";

/** The button that asks for the address of one's own calendar. None where others read along, or where no calendars are given. */
export function calendarLinkOptions({ chat, settings }: Scene): Option[] {
  if (chat?.is !== "own" || settings.calendarLinks !== true) return [];
  return [button("button.calendarLink", { act: "calendar-link", do: "show" })];
}

/** Asks for the address, for another one, or closes it; what became of that arrives as a notice. */
export function calendarLink(scene: Scene, act: CalendarLinkAct): Step {
  const { chat, settings, language } = scene;
  if (settings.calendarLinks !== true) return noneHere(scene);
  if (chat?.is !== "own") {
    // Whoever reads the address along would have the calendar.
    const link = chat?.is === "shared" ? chat.link : undefined;
    const told = text("calendarLink.privately");
    return { replies: [say(scene, link === undefined ? told : { ...told, url: `${link}${CALENDAR_LINK}` })], outcome: CHAT };
  }
  return { replies: [], effects: [{ kind: "calendar-link", do: act, language }], outcome: CHAT };
}

/** Shows the address with what it means and how to be rid of it, or says that it is closed. */
export function showCalendarLink(scene: Scene, { did, address }: Extract<Notice, { about: "calendar-link" }>): Step {
  const another = button("button.newCalendarLink", { act: "calendar-link", do: "renew" });
  if (scene.settings.calendarLinks !== true) return noneHere(scene);
  if (address === undefined) {
    const closed = choices(scene, [text("calendarLink.closed"), text("calendarLink.remove")], [another]);
    return { replies: [closed], outcome: CHAT };
  }
  const close = button("button.closeCalendarLink", { act: "calendar-link", do: "close" });
  const paragraphs = [
    text(did === "renew" ? "calendarLink.renewed" : "calendarLink.yours"),
    // To be copied: opened as a link, most telephones take the events once and never look again.
    { words: address, toCopy: true } as const,
    text("calendarLink.how"),
    text("calendarLink.who"),
  ];
  return { replies: [choices(scene, paragraphs, [another, close])], outcome: CHAT };
}

function noneHere(scene: Scene): Step {
  return { replies: [say(scene, text("calendarLink.notHere"))], outcome: CHAT };
}
