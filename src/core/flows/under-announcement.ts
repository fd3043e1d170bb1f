import { announcementFor } from "#core/announcement-reply.ts";
import type { Announced, AnnouncementPress } from "#core/announcement.ts";
import { announcementsMenu, leaveAll, topicsOf, without } from "#core/flows/announcements.ts";
import { addToCalendar } from "#core/flows/calendar.ts";
import { eventLabel } from "#core/flows/events.ts";
import { setReminder } from "#core/flows/reminders.ts";
import { choosing, reaching } from "#core/flows/subscription.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";

/** What a press under an announcement does, however old that is; under one that nobody knows any more the choices are shown. */
export function pressUnderAnnouncement(scene: Scene, id: string, pressed: AnnouncementPress): Step {
  // Leaving does not depend on what is still known.
  if (pressed === "leave-all") return leaveAll(scene);
  const announced = scene.announced?.(id);
  if (announced === undefined) return announcementsMenu(scene);
  switch (pressed) {
    case "open":
      return open(scene, announced);
    case "leave":
      return leave(scene, announced);
    case "calendar":
      return addToCalendar(scene, announced.event === undefined ? [] : [announced.event]);
    case "remind":
      return setReminder(scene, announced.event ?? "", true);
  }
}

/** As it came to those who get each by itself. */
function open(scene: Scene, announced: Announced): Step {
  if (announced.void === true) return { replies: [say(scene, text("digest.void"))], outcome: CHAT };
  const { subscription } = scene.person;
  const topics = announced.topics.filter((topic) => subscription?.topics.includes(topic));
  const reader = { language: scene.language, ...subscription, topics: topics.length === 0 ? announced.topics : topics };
  const event = scene.knowledge.event(announced.event ?? "");
  const reply = announcementFor(announced, reader);
  // When and where it is now, before why they read it.
  const paragraphs = event === undefined ? reply.paragraphs : reply.paragraphs.toSpliced(-1, 0, eventLabel(scene, event));
  return { replies: [{ ...reply, paragraphs }], outcome: CHAT };
}

/** One press, and no more of its topics; the others stay. */
function leave(scene: Scene, announced: Announced): Step {
  const topics = topicsOf(scene).filter((topic) => announced.topics.includes(topic));
  if (topics.length === 0) {
    const options = [button("button.announcements", { act: "announcements" })];
    return { replies: [choices(scene, [text("left.none")], options)], outcome: CHAT };
  }
  const left = choosing(scene, { topics: without(scene, topics) });
  const told = topics.map((topic) => text("left.topic", { topic: { key: `topic.${topic}` } }));
  const options = [
    button("button.undo", { act: "subscribe", topics, on: true }),
    ...(topicsOf(left).length === 0 ? [] : [button("button.leaveAll", { act: "leave-all" })]),
  ];
  const stays = [text("left.told"), ...(topicsOf(left).length === 0 ? [] : [text("left.others")])];
  return { replies: [choices(left, [...told, ...stays], options)], person: left.person, outcome: CHAT };
}

/** They blocked the bot, are gone, or are back. Silent, except to somebody who comes back and chose announcements. */
export function notePresence(scene: Scene, reachable: boolean): Step {
  const noted = reaching(scene, reachable);
  const isBack = reachable && noted !== scene && topicsOf(noted).length > 0;
  return {
    replies: isBack ? [say(noted, text("announcements.back"))] : [],
    person: noted.person,
    keepsOffer: true,
    outcome: CHAT,
  };
}
