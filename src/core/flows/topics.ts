import type { Topic } from "#core/entry.ts";
import { TOPICS } from "#core/entry.ts";
import { eventsMenu } from "#core/flows/events.ts";
import type { Option } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, listed, text } from "#core/step.ts";

const PAGE = 6;

/** The topics to browse. */
export function topicsMenu(scene: Scene): Step {
  const options: Option[] = TOPICS.map((topic) => ({
    label: text(`topic.${topic}`),
    action: { act: "topic", topic, page: 0 },
    listed: true,
  }));
  return { replies: [choices(scene, [text("topics.question")], options)], outcome: CHAT };
}

/** One page of a topic's titles; a further page replaces the one whose button was pressed. */
export function topicPage(scene: Scene, topic: Topic, page: number): Step {
  if (topic === "events") return eventsMenu(scene);
  const entries = scene.knowledge.entriesOf(topic, scene.language);
  const shown = entries.slice(page * PAGE, (page + 1) * PAGE);
  const options: Option[] = shown.map((entry) => listed(entry.title[scene.language], { act: "answer", entry: entry.id }));
  if (page > 0) options.push(button("button.back", { act: "topic", topic, page: page - 1 }));
  if (entries.length > (page + 1) * PAGE) options.push(button("button.more", { act: "topic", topic, page: page + 1 }));
  options.push(button("button.topics", { act: "topics" }));
  const pages = Math.max(1, Math.ceil(entries.length / PAGE));
  const reply = choices(scene, [text(`topic.${topic}`), text("topics.page", { page: page + 1, pages })], options);
  const { incoming } = scene;
  if (incoming.kind === "choice" && reply.kind === "choices") {
    return { replies: [{ kind: "edit", language: scene.language, turn: incoming.turn, reply }], outcome: CHAT };
  }
  return { replies: [reply], outcome: CHAT };
}
