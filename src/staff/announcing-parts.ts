import type { AnnouncementViews, StaffAnnouncements, StaffHold } from "#core/announcing.ts";
import type { ShownCards } from "#core/showing.ts";
import type { StaffEventDesk } from "#core/staff-event.ts";
import type { Card } from "#core/workspace.ts";
import type { StaffParts } from "#staff/parts.ts";

/** What the parts of this room that announce share. */
export interface AnnouncingParts extends Pick<
  StaffParts,
  "workspace" | "knowledge" | "refreshApprovers" | "now" | "timeZone" | "channel" | "language" | "say"
> {
  readonly announcements: StaffAnnouncements;
  readonly events: StaffEventDesk;
  readonly hold: StaffHold;
  readonly views: AnnouncementViews;
  readonly announcementCards: ShownCards<Card>;
  readonly eventCards: ShownCards<Card>;
  /** Provinces, in the order of the alphabet. */
  readonly cities: readonly string[];
  /** Shows at once what was written or decided; what fails is shown later. */
  readonly showAnnouncements: () => void;
}
