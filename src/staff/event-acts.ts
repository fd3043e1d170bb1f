import type { Event } from "#core/event.ts";
import type { Text } from "#core/message.ts";
import { EVENT_CHANGES, type EventAction, type EventChange } from "#core/staff-event.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import type { CardPress, Done, Place, Submission, Submitted } from "#core/workspace.ts";
import { type About, markOf, readAbout } from "#staff/about.ts";
import type { Answering } from "#staff/announcing.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { CHOOSE_EVENT, chooseEventForm, comingEvents, EVENT, EVENT_TITLE, eventForm, eventValues } from "#staff/event-form.ts";
import { eventFrom, noteLanguage, toldFrom } from "#staff/event-values.ts";
import { eventRefusalText } from "#staff/refusal.ts";

/** What staff do with events: by command, on a card, in a form. `announce` opens the form of an announcement of one. */
export function createEventActs(
  parts: AnnouncingParts,
  { tell, opens }: Answering,
  announce: (done: Done & { readonly place: Place }, values: Submission["values"]) => Promise<void>,
) {
  const { events, knowledge, language, refreshApprovers, showAnnouncements } = parts;

  const act = async (key: string, action: EventAction): Promise<Text | undefined> => {
    const known = await refreshApprovers(action.by);
    const outcome = await events.act(key, action);
    showAnnouncements();
    if (outcome.kind === "done") return undefined;
    if (!known && outcome.refusal.why === "not-approver") return { key: "refusal.unknownApprovers" };
    return eventRefusalText(outcome.refusal);
  };
  const correct = (errors: Readonly<Record<string, Text>>): Submitted => ({ next: "correct", language, errors });

  return {
    /** Asks which event; `change`: what is to become of it, as far as that is known. */
    async choose(done: Done & { readonly place: Place }, change?: EventChange): Promise<void> {
      await opens(done, chooseEventForm(parts, { opened: done.id }, change));
    },

    async write(done: Done & { readonly place: Place }): Promise<void> {
      await opens(done, eventForm(parts, { opened: done.id }, "new", {}));
    },

    async pressed(press: CardPress, verb: string, { event: key = "", revision }: About): Promise<void> {
      const { by, place, id } = press;
      const number = Number(revision);
      const version = (await events.record(key))?.versions.find((each) => each.number === number);
      if (version === undefined) return tell(by.person, place, { key: "eventRefusal.gone" });
      switch (verb) {
        case "approve":
        case "approve-urgent":
        case "reject": {
          const decided =
            verb === "reject" ? ({ do: "reject" } as const) : ({ do: "approve", urgent: verb === "approve-urgent" } as const);
          const why = await act(key, { id, by: by.person, version: number, ...decided });
          return why === undefined ? undefined : tell(by.person, place, why);
        }
        case "edit":
          return opens(press, eventForm(parts, { event: key, opened: id, revision }, version.change, eventValues(version.event)));
        case "announce":
          return announce(press, aboutEvent(version.event));
      }
    },

    async submitted({ form, about: given, values, by, id }: Submission): Promise<Submitted> {
      const about = readAbout(given) ?? {};
      if (form === CHOOSE_EVENT) {
        const change = changeOf(values["change"]?.[0]);
        const event = comingEvents(parts).find(({ key }) => key === values["event"]?.[0]);
        if (change === "new") return { next: "show", form: eventForm(parts, { opened: about.opened ?? id }, "new", {}) };
        if (event === undefined) return correct({ event: { key: "eventProblem.choose" } });
        return {
          next: "show",
          form: eventForm(parts, { event: event.key, opened: about.opened ?? id }, change, eventValues(event)),
        };
      }
      const change = changeOf(about.change);
      const before = about.event === undefined ? undefined : await lastKnown(about.event, change);
      const read = eventFrom(parts, change, before, values);
      if ("errors" in read) return correct(read.errors);
      const { event } = read;
      const urgent = values["urgent"]?.includes("yes") === true;
      const noteIn = noteLanguage(values);
      const told =
        change === "move" || change === "cancel"
          ? { told: { text: toldFrom(parts, change, event, values, before), urgent, ...(noteIn ? { noteIn } : {}) } }
          : {};
      const over = about.revision === undefined ? undefined : Number(about.revision);
      const act_ = `${about.opened ?? id}-${markOf(JSON.stringify(values))}`;
      const why = await act(event.key, { id: act_, by: by.person, do: "propose", change, event, over, ...told });
      if (why === undefined) return { next: "close" };
      return correct({ [change === "cancel" ? "note-tr" : change === "move" ? "start" : EVENT_TITLE]: why });
    },
  };

  /** What a change builds on: a draft of a new event, else what holds. */
  async function lastKnown(key: string, change: EventChange): Promise<Event | undefined> {
    if (change === "new") return (await events.record(key))?.versions.at(-1)?.event;
    return knowledge().event(key);
  }
}

export const EVENT_FORMS: ReadonlySet<string> = new Set([EVENT, CHOOSE_EVENT]);

function changeOf(value: string | undefined): EventChange {
  return EVENT_CHANGES.find((each) => each === value) ?? "new";
}

function aboutEvent({ key, topics, city, title }: Event): Submission["values"] {
  return {
    event: [key],
    topics: ANNOUNCED_TOPICS.filter((topic) => topics.includes(topic)),
    ...(city === undefined ? {} : { city: [city] }),
    "title-tr": [title.tr],
    "title-en": [title.en],
  };
}
