import type { Text } from "#core/message.ts";
import type { Actor, CardPress, Done, Place, WorkspaceCommand } from "#core/workspace.ts";
import type { Answering, createAnnouncing } from "#staff/announcing.ts";
import { parseCommand, type StaffCommand } from "#staff/command.ts";
import { entryForm } from "#staff/entry-form.ts";
import type { createEventActs } from "#staff/event-acts.ts";
import type { createHoldAll } from "#staff/hold-all.ts";
import type { StaffParts } from "#staff/parts.ts";
import { reviseForm } from "#staff/revise.ts";
import { unansweredForm } from "#staff/unanswered.ts";

export interface CommandedParts extends Answering {
  readonly parts: StaffParts;
  readonly announcing: Pick<ReturnType<typeof createAnnouncing>, "write">;
  readonly events: Pick<ReturnType<typeof createEventActs>, "choose" | "write">;
  readonly holdAll: ReturnType<typeof createHoldAll>;
  /** Why somebody may not act at the desk; `undefined` where they may. */
  readonly mayNot: (by: Actor) => Promise<Text | undefined>;
}

/** What staff do by a command. For anybody else its words are a question like any other. */
export function createCommanded({ parts, announcing, events, holdAll, mayNot, tell, opens }: CommandedParts) {
  const does = async (command: Done & { readonly place: Place }, asked: StaffCommand): Promise<void> => {
    switch (asked.is) {
      case "new":
        return opens(command, entryForm(parts, { opened: command.id }, {}, [{ key: "entry.note" }]));
      case "unanswered":
        return opens(command, unansweredForm(parts, await parts.unanswered()));
      case "edit":
      case "retire":
        return opens(command, await reviseForm(parts, asked.is, asked.words, command.id));
      case "announce":
        return announcing.write(command);
      case "hold":
      case "go-on":
        return holdAll(command, asked.is === "hold");
      case "event":
        return events.choose(command, asked.change);
      case "new-event":
        return events.write(command);
      case "help":
        return tell(command.by.person, command.place, { key: "staff.help" });
    }
  };

  const commanded = async (command: WorkspaceCommand): Promise<boolean> => {
    const { words, by, place, ofStaff } = command;
    const asked = parseCommand(words);
    if (asked === undefined && !ofStaff) return false;
    const refused = await mayNot(by);
    if (refused !== undefined) {
      // Of whom nobody can tell that now: it may be the word that is to stop everything.
      const isUnknown = ofStaff && "key" in refused && refused.key === "refusal.unknownStaff";
      if (isUnknown) await tell(by.person, place, refused);
      return isUnknown;
    }
    if (asked === undefined) await tell(by.person, place, { key: "staff.unknownCommand" });
    else await does(command, asked);
    // Whoever asks for help in general gets that of members too.
    return asked?.is !== "help" || ofStaff;
  };
  return {
    commanded,
    /** Begins what a button on their page stands for, as its command does. */
    async begins(press: CardPress, what: string): Promise<void> {
      if (Object.hasOwn(BEGUN, what)) await does(press, BEGUN[what as keyof typeof BEGUN]);
    },
  };
}

const BEGUN = { news: { is: "announce" }, event: { is: "event" }, entry: { is: "new" } } as const;
