import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";

/** The short privacy notice; the controller's name and contact come from the installation. */
export function privacyNotice(scene: Scene): Step {
  const { controller, retentionDays } = scene.settings;
  const who = controller === undefined ? text("privacy.noController") : text("privacy.controller", { ...controller });
  const rest = [
    text("privacy.what"),
    text("privacy.transfer"),
    text("privacy.period", { days: retentionDays }),
    text("privacy.rights"),
  ];
  return { replies: [say(scene, text("privacy.title"), who, ...rest)], outcome: CHAT };
}

/** Asks for everything stored about the person; it arrives as a notice. */
export function askMyData(): Step {
  return { replies: [], effects: [{ kind: "export-my-data" }], outcome: CHAT };
}

/** Everything stored about the person, as a document of theirs. */
export function showMyData(scene: Scene, json: string): Step {
  const document = {
    kind: "document",
    language: scene.language,
    caption: text("myData.caption"),
    name: "verilerim.json",
    mime: "application/json",
    content: json,
  } as const;
  return { replies: [document], outcome: CHAT };
}

export function confirmDeletion(scene: Scene): Step {
  const options = [button("button.delete", { act: "delete-my-data" }), button("button.cancel", { act: "cancel" })];
  return { replies: [choices(scene, [text("deletion.warning")], options)], outcome: CHAT };
}

export function deleteMyData(scene: Scene): Step {
  return { replies: [], effects: [{ kind: "delete-my-data", language: scene.language }], outcome: CHAT };
}
