import { describe, expect, test } from "vitest";
import { nearestCommand, parseCommand } from "#core/command-names.ts";
import { lastOf, read } from "../support/talk.ts";

describe("a command that was mistyped", () => {
  test.each([
    ["/duyuru", "announcements", ""],
    ["/duyurlar", "announcements", ""],
    ["/duyurlar esmed", "announcements", "esmed"],
    ["/konualr", "topics", ""],
    ["/konu", "topics", ""],
    ["/etkinliker", "events", ""],
    ["/yardm", "help", ""],
    ["/gizlilk", "privacy", ""],
    ["/verilerimi", "my-data", ""],
    ["/verilerimi_sl", "delete-my-data", ""],
    ["/birligeilt soru", "pass-on", "soru"],
    ["/langage", "language", ""],
  ])("%s is understood", (said, command, argument) => {
    expect(parseCommand(said)).toBeUndefined();
    expect(nearestCommand(said)).toEqual({ command, argument });
    expect(read(lastOf(said))).not.toContain("tanımıyorum");
  });

  // Two commands are as near, or none is.
  test.each(["/veri", "/bil", "/ayar", "/reset", "/ping", "/hava durumu", "/x"])("%s is said not to be known", (said) => {
    expect(nearestCommand(said)).toBeUndefined();
    expect(read(lastOf(said))).toMatch(/tanımıyorum|do not know this command/);
  });
});

test.each(["/stop", "/dur", "/durdur", "/unsubscribe"])("%s leaves all announcements, and can be taken back", (said) => {
  const left = lastOf("/duyurular esmed", said);
  expect(left.person.subscription?.topics).toEqual([]);
  expect(read(left)).toContain("Bütün duyurulardan çıktınız");
  expect(lastOf("/duyurular esmed", said, "geri al").person.subscription?.topics).toEqual(["esmed"]);
  const none = lastOf(said);
  expect(none.person.subscription).toBeUndefined();
  expect(read(none)).toContain("Şu an hiçbir duyuru almıyorsunuz.");
});
