import type { Text } from "#core/message.ts";
import type { Done, Place } from "#core/workspace.ts";
import type { Answering } from "#staff/announcing.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { announcementRefusalText } from "#staff/refusal.ts";

type Parts = Pick<AnnouncingParts, "hold" | "workspace" | "channel" | "language" | "refreshApprovers" | "showAnnouncements">;

/** Holds all sending, or lets it go on: whoever did it is told and sees it on their page, and the desk's channel reads who it was. */
export function createHoldAll(parts: Parts, tell: Answering["tell"]) {
  const { hold, workspace, channel, language, refreshApprovers, showAnnouncements } = parts;
  const isHeld = async () => (await hold.held()) !== undefined;
  return async ({ by: { person }, id, place }: Done & { readonly place: Place }, on: boolean): Promise<void> => {
    await refreshApprovers(person);
    const changes = (await isHeld()) !== on;
    const refusal = await hold.set(id, person, on);
    showAnnouncements();
    const done: Text = { key: on ? "hold.held" : "hold.goesOn" };
    await tell(person, place, refusal === undefined ? done : announcementRefusalText(refusal));
    if (refusal === undefined && changes) {
      const paragraphs: Text[] = [{ key: on ? "hold.heldBy" : "hold.goesOnBy", values: { by: person } }];
      await workspace.post({ chat: channel }, { language, paragraphs }, { id: `${id}-hold`, attempts: 0 });
    }
    // A page that was pressed does not change by itself; where it cannot be shown now, it is when it is opened.
    await workspace.showHome(person).catch(() => {});
  };
}
