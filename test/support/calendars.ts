import ICAL from "ical.js";
import nodeIcal from "node-ical";

/** An event as a calendar took it. Days as ISO days, moments as ISO moments. */
export interface Taken {
  readonly uid: string;
  readonly start: string;
  readonly end: string | undefined;
  readonly summary: string;
  readonly location: string | undefined;
  readonly status: string;
  readonly sequence: number;
  readonly url: string | undefined;
}

/** A value of node-ical: an object where a parameter stood before it. */
function plain(value: unknown): string | undefined {
  const text = typeof value === "object" && value !== null && "val" in value ? value.val : value;
  return typeof text === "string" ? text : undefined;
}

/** The events of a file as two calendars read it that are not ours. */
export const CALENDARS: Readonly<Record<string, (file: string) => Taken[]>> = {
  "ical.js": (file) =>
    new ICAL.Component(ICAL.parse(file) as unknown[]).getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      const shown = (time: ICAL.Time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());
      const value = (name: string) => component.getFirstPropertyValue(name) ?? undefined;
      return {
        uid: event.uid,
        start: shown(event.startDate),
        end: value("dtend") === undefined ? undefined : shown(event.endDate),
        summary: event.summary,
        location: event.location ?? undefined,
        status: String(value("status")),
        sequence: Number(value("sequence")),
        url: value("url")?.toString(),
      };
    }),

  "node-ical": (file) =>
    Object.values(nodeIcal.sync.parseICS(file)).flatMap((component) => {
      if (component?.type !== "VEVENT") return [];
      const { uid, start, end, summary, location, status, sequence, url } = component;
      // It gives days as midnights of this machine.
      const day = (date: Date) =>
        [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0"));
      const shown = (date: Date) => (component.datetype === "date" ? day(date).join("-") : date.toISOString());
      const hasEnd = new RegExp(`UID:${uid}\r\n(?:(?!END:VEVENT).)*DTEND`, "s").test(file);
      return [
        {
          uid,
          start: shown(start),
          end: hasEnd && end !== undefined ? shown(end) : undefined,
          summary: plain(summary) ?? "",
          location: plain(location),
          status: String(status),
          sequence: Number(sequence),
          url: plain(url),
        },
      ];
    }),
};
