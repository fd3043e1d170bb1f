import { expect, test } from "vitest";
import { FRESH_CONVERSATION, FRESH_PERSON } from "#core/conversation.ts";
import type { Incoming } from "#core/message.ts";
import type { Outcome } from "#core/step.ts";
import { takeTurn } from "#core/turn.ts";
import { parseCommand } from "#core/command-names.ts";
import type { MemberQuestion } from "#commands/suites.ts";
import { readMemberQuestions } from "#commands/suites.ts";
import { knowledge, SETTINGS, TODAY } from "../support/knowledge.ts";
import floors from "./floors.json" with { type: "json" };

// Questions as people type them, written by people who knew the facts and none of the wordings. `questions` is learned from; `unseen` is
// not, and says what to expect of strangers. A floor may be raised and never lowered.

const base = await knowledge();

type Ending = "right" | "offered" | "wrong" | "missed" | "answered" | "declined";
interface Row {
  readonly question: MemberQuestion;
  readonly ending: Ending;
  readonly first: string;
}

function ask(question: MemberQuestion): Outcome {
  let conversation = FRESH_CONVERSATION;
  let outcome: Outcome = { is: "chat" };
  for (const [position, text] of [question.context, question.text].entries()) {
    if (text === undefined) continue;
    const command = parseCommand(text);
    const id = `${question.id}-${position}`;
    const incoming: Incoming = command ? { id, kind: "command", ...command } : { id, kind: "message", text };
    const turn = takeTurn({ incoming, conversation, person: FRESH_PERSON, now: TODAY, knowledge: base, settings: SETTINGS });
    if (turn.kind !== "taken") throw new Error("a fresh turn was taken before");
    ({ conversation, outcome } = turn);
  }
  return outcome;
}

function judge(question: MemberQuestion): Row {
  const outcome = ask(question);
  const candidates = outcome.is === "chat" ? [] : outcome.candidates.map(({ id }) => id);
  const first = outcome.is === "answer" ? outcome.entry : (candidates[0] ?? outcome.is);
  const { relevant } = question;
  if (!relevant) return { question, first, ending: outcome.is === "answer" ? "answered" : "declined" };
  if (outcome.is === "answer") return { question, first, ending: relevant.includes(outcome.entry) ? "right" : "wrong" };
  const offered = outcome.is === "suggest" || outcome.is === "events";
  return {
    question,
    first,
    ending: offered && candidates.slice(0, 3).some((id) => relevant.includes(id)) ? "offered" : "missed",
  };
}

const share = (rows: readonly Row[], ...endings: Ending[]) =>
  rows.length === 0 ? 0 : rows.filter(({ ending }) => endings.includes(ending)).length / rows.length;

function tell(rows: readonly Row[], ...endings: Ending[]): string {
  return rows
    .filter(({ ending }) => endings.includes(ending))
    .map(({ question, ending, first }) =>
      [
        ending,
        question.style?.join("+") ?? question.kind,
        question.text,
        (question.relevant ?? []).join(" "),
        `-> ${first}`,
      ].join(" | "),
    )
    .join("\n");
}

for (const set of ["questions", "unseen"] as const) {
  const rows = (await readMemberQuestions(new URL(`${set}.jsonl`, import.meta.url))).map(judge);
  const inScope = rows.filter(({ question }) => question.relevant);
  const floor = floors[set];

  test.each(["tr", "en"] as const)(`${set} in scope, %s: right, or offered, and hardly ever wrong`, (language) => {
    const asked = inScope.filter(({ question }) => question.lang === language);
    expect(asked.length).toBeGreaterThan(20);
    const found = { right: share(asked, "right"), offered: share(asked, "right", "offered"), wrong: share(asked, "wrong") };
    const report = `${JSON.stringify(found)}\n${tell(asked, "wrong", "missed")}`;
    expect(found.right, report).toBeGreaterThanOrEqual(floor[language].right);
    expect(found.offered, report).toBeGreaterThanOrEqual(floor[language].offered);
    expect(found.wrong, report).toBeLessThanOrEqual(floor[language].wrong);
  });

  test(`${set}: every situation is met`, () => {
    const styles = Map.groupBy(
      inScope.flatMap((row) => (row.question.style ?? []).map((style) => ({ style, row }))),
      ({ style }) => style,
    );
    expect(styles.size).toBeGreaterThan(8);
    for (const [style, group] of styles) {
      const asked = group.map(({ row }) => row);
      expect(share(asked, "right", "offered"), `${style}\n${tell(asked, "wrong", "missed")}`).toBeGreaterThanOrEqual(
        floor.situation,
      );
    }
  });

  test(`${set}: what nobody here can answer is not answered`, () => {
    const strangers = rows.filter(({ question }) => question.kind !== undefined && question.kind !== "near-miss");
    const nearMisses = rows.filter(({ question }) => question.kind === "near-miss");
    expect(strangers.length).toBeGreaterThan(40);
    expect(share(strangers, "answered"), tell(strangers, "answered")).toBeLessThanOrEqual(floor.strangers);
    expect(share(nearMisses, "answered"), tell(nearMisses, "answered")).toBeLessThanOrEqual(floor.nearMisses);
  });
}
