import fc from "fast-check";
import { expect, test } from "vitest";
import { createSubscribers, type Subscribers } from "#announcements/subscribers.ts";
import { reaches } from "#announcements/audience.ts";
import type { Store } from "#core/ports.ts";
import { ANNOUNCED_TOPICS, type AnnouncedTopic, type Subscriber, type Subscription } from "#core/subscription.ts";
import { describeStores } from "../support/store.ts";

const RETENTION_MS = 90 * 86_400_000;
const SUBSCRIPTION: Subscription = {
  topics: ["events"],
  language: "tr",
  reminders: true,
  weekly: false,
  chat: "c",
  changedAt: 1,
  consent: { textVersion: "2026-11-24", at: 1 },
};
const somebody = (person: string, change: Partial<Subscription> = {}): Subscriber => ({
  channel: "telegram",
  person,
  subscription: { ...SUBSCRIPTION, ...change },
});
const over = ({ records }: Store, now = () => Date.now()) => createSubscribers({ records, now, retentionMs: RETENTION_MS });

async function all(subscribers: Subscribers, topics: readonly AnnouncedTopic[]): Promise<Subscriber[]> {
  const found: Subscriber[] = [];
  for await (const page of subscribers.pages(topics)) found.push(...page);
  return found;
}
const persons = (found: readonly Subscriber[]) => found.map(({ person }) => person).toSorted();

describeStores("the list of subscribers", (place) => {
  test("gives everybody with one of the topics once, and none who left or cannot be reached", async () => {
    const store = await place().open();
    const subscribers = over(store);
    const choice = fc.record({
      topics: fc.subarray([...ANNOUNCED_TOPICS]),
      paused: fc.constantFrom(true, undefined),
      city: fc.constantFrom("Ankara", undefined),
    });
    const [choices = []] = fc.sample(fc.array(choice, { minLength: 40, maxLength: 40 }), 1);
    const saved = choices.map((each, at) => somebody(`p${at}`, each));
    for (const each of saved) await subscribers.save(each);
    for (const topics of [["law"], ["events", "esmed"], [...ANNOUNCED_TOPICS]] as AnnouncedTopic[][]) {
      const drawn = await all(subscribers, topics);
      expect(persons(drawn)).toEqual(persons(saved.filter(({ subscription }) => reaches({ topics }, subscription))));
      for (const each of drawn) expect(saved).toContainEqual(each);
    }
  });

  test("holds the later of two choices in whichever order they are listed, and the same one listed twice", async () => {
    const subscribers = over(await place().open());
    const [early, late] = [somebody("a", { changedAt: 5 }), somebody("a", { changedAt: 6, topics: ["law"] })];
    for (const each of [late, early, late]) await subscribers.save(each);
    expect(await all(subscribers, ["events", "law"])).toEqual([late]);
    await Promise.all(Array.from({ length: 20 }, (_, at) => subscribers.save(somebody("b", { changedAt: 1 + ((at * 7) % 20) }))));
    expect((await all(subscribers, ["events"])).map(({ subscription }) => subscription.changedAt)).toEqual([20]);
    await subscribers.remove("telegram", "b");
    expect(await all(subscribers, ["events"])).toEqual([]);
  });

  test("tells the same person of two platforms apart", async () => {
    const subscribers = over(await place().open());
    await subscribers.save(somebody("a"));
    await subscribers.save({ ...somebody("a", { topics: ["law"] }), channel: "slack" });
    expect(await all(subscribers, ["events", "law"])).toHaveLength(2);
  });

  test("keeps a choice for as long as it is one, and one that was left for the retention", async () => {
    let time = Date.now();
    const subscribers = over(await place().open({ now: () => time }), () => time);
    await subscribers.save(somebody("a"));
    await subscribers.save(somebody("b", { topics: [] }));
    time += RETENTION_MS + 1;
    expect(persons(await all(subscribers, ["events"]))).toEqual(["a"]);
    // As if never chosen: an earlier choice may be listed again.
    await subscribers.save(somebody("b", { changedAt: 0 }));
    expect(persons(await all(subscribers, ["events"]))).toEqual(["a", "b"]);
  });
});
