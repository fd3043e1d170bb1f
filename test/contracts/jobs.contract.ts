import { expect, test } from "vitest";
import type { Job, Jobs } from "#core/ledger.ts";
import type { JobsParts } from "#jobs/record.ts";

/** Opens due work over one place; opening it again is another process over the same place, after `leave` where the place has one owner. */
export interface JobsPlace {
  open(change?: Partial<JobsParts>): Promise<Jobs>;
  /** Everything that lies there, in one text. */
  scan(): Promise<string>;
}

/** Notes what was done, so that a test can wait for it. */
function notes() {
  const done: string[] = [];
  const waiting: { readonly count: number; readonly tell: () => void }[] = [];
  return {
    done,
    note: async (about: string) => {
      done.push(about);
      for (const { count, tell } of waiting) if (done.length >= count) tell();
    },
    until: (count: number) =>
      done.length >= count ? Promise.resolve() : new Promise<void>((tell) => waiting.push({ count, tell })),
  };
}

const soon = (milliseconds = 150) => Date.now() + milliseconds;
const job = (id: string, about = id): Job => ({ name: "remind", id, about });

/** What both kinds of due work promise. */
export function jobsContract(place: () => JobsPlace): void {
  test("a job is done once, at its time and not before; one whose time is past at once", async () => {
    await using jobs = await place().open();
    const { done, note, until } = notes();
    const at = soon(400);
    let doneAt = 0;
    await jobs.schedule(job("later"), at);
    await jobs.schedule(job("past"), Date.now() - 60_000);
    await jobs.work("remind", async ({ about }) => {
      if (about === "later") doneAt = Date.now();
      await note(about);
    });
    await until(1);
    expect(done).toEqual(["past"]);
    await until(2);
    expect(done).toEqual(["past", "later"]);
    expect(doneAt).toBeGreaterThanOrEqual(at);
    // A later job shows that neither of them comes again.
    await jobs.schedule(job("last"), soon());
    await until(3);
    expect(done).toEqual(["past", "later", "last"]);
  });

  test("it is told what it was scheduled with, whatever letters that holds", async () => {
    await using jobs = await place().open();
    const told: Job[] = [];
    const { note, until } = notes();
    const odd = job("telegram:551177/İ:1234-5", 'Ağaç 🌳 ":{}"');
    await jobs.work("remind", async (each) => {
      told.push(each);
      await note(each.id);
    });
    await jobs.schedule(odd, soon(1));
    await jobs.schedule(job("1234"), soon(1));
    await until(2);
    expect(told).toEqual(expect.arrayContaining([odd, job("1234")]));
  });

  test("the same id replaces it, earlier or later; another name is another job", async () => {
    await using jobs = await place().open();
    const { done, note, until } = notes();
    await jobs.schedule(job("a", "first"), soon(100));
    await jobs.schedule(job("a", "moved later"), soon(500));
    await jobs.schedule(job("b", "far"), soon(3_600_000));
    await jobs.schedule(job("b", "moved nearer"), soon(200));
    await jobs.schedule({ name: "other", id: "a", about: "of another name" }, soon(100));
    for (const name of ["remind", "other"]) await jobs.work(name, ({ about }) => note(about));
    await until(3);
    expect(done).toEqual(["of another name", "moved nearer", "moved later"]);
  });

  test("what is cancelled is not done, and cancelling what is not there is no fault", async () => {
    await using jobs = await place().open();
    const { done, note, until } = notes();
    await jobs.schedule(job("gone"), soon(100));
    await jobs.cancel("remind", "gone");
    await jobs.cancel("remind", "never was");
    await jobs.work("remind", ({ about }) => note(about));
    await jobs.schedule(job("kept"), soon(200));
    await until(1);
    expect(done).toEqual(["kept"]);
  });

  test("a job that throws comes again, and holds up no other", async () => {
    const failures: (string | number)[] = [];
    await using jobs = await place().open({
      firstRetryMs: 200,
      failed: (name, tries, error) => failures.push(name, tries, String(error)),
    });
    const { done, note, until } = notes();
    let thrown = 0;
    await jobs.work("remind", async ({ about }) => {
      if (about === "hard" && (thrown += 1) <= 2) throw new Error("not yet");
      await note(about);
    });
    await jobs.schedule(job("hard"), soon(1));
    await jobs.schedule(job("easy"), soon(1));
    await until(2);
    expect(done).toEqual(["easy", "hard"]);
    expect(failures).toEqual(["remind", 1, "Error: not yet", "remind", 2, "Error: not yet"]);
  });

  test("a job may schedule itself again while it is being done", async () => {
    await using jobs = await place().open();
    const { done, note, until } = notes();
    await jobs.work("remind", async ({ about }) => {
      if (about !== "3") await jobs.schedule(job("again", `${Number(about) + 1}`), soon(50));
      await note(about);
    });
    await jobs.schedule(job("again", "1"), soon(1));
    await until(3);
    expect(done).toEqual(["1", "2", "3"]);
  });

  test("what was scheduled before a process ended is done by the next one", async () => {
    const first = await place().open();
    await first.schedule(job("kept"), soon(100));
    await first[Symbol.asyncDispose]();
    await using second = await place().open();
    const { done, note, until } = notes();
    await second.work("remind", ({ about }) => note(about));
    await until(1);
    expect(done).toEqual(["kept"]);
  });

  test("closing waits for what is under way, and not for ever: what it gave up is done by another", async () => {
    const begun = notes();
    const first = await place().open({ closesWithinMs: 300 });
    let ended = false;
    await first.work("remind", async ({ about }) => {
      await begun.note(about);
      await new Promise<void>((resolve) => (about === "short" ? setTimeout(resolve, 100) : undefined));
      ended = true;
    });
    await first.schedule(job("short"), soon(1));
    await begun.until(1);
    await first[Symbol.asyncDispose]();
    expect(ended).toBe(true);

    const second = await place().open({ closesWithinMs: 50 });
    await second.work("remind", async ({ about }) => {
      await begun.note(about);
      await new Promise(() => {});
    });
    await second.schedule(job("endless"), soon(1));
    await begun.until(2);
    const closing = Date.now();
    await second[Symbol.asyncDispose]();
    await second[Symbol.asyncDispose]();
    expect(Date.now() - closing).toBeLessThan(3000);

    await using third = await place().open();
    const { done, note, until } = notes();
    await third.work("remind", ({ about }) => note(about));
    await until(1);
    expect(done).toEqual(["endless"]);
  });

  test("nothing that names a person lies there in clear, and what is done or cancelled leaves nothing", async () => {
    const jobs = await place().open();
    const { note, until } = notes();
    await jobs.schedule(job("telegram 551177", "person-551177 avitem"), soon(3_600_000));
    await jobs.schedule(job("telegram 662288", "person-662288 avitem"), soon(1));
    const lying = await place().scan();
    expect(lying.length).toBeGreaterThan(100);
    for (const told of ["551177", "662288", "avitem"]) expect(lying).not.toContain(told);
    await jobs.work("remind", ({ about }) => note(about));
    await until(1);
    await jobs.cancel("remind", "telegram 551177");
    await jobs[Symbol.asyncDispose]();
    expect(await place().scan()).not.toMatch(/jobs-remind|imece-jobs\}:remind:[\w-]{20,}/);
  });
}
