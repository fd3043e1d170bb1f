/** The one message that `what` brings to a list, once it is there. */
export async function brought<Message>(
  platform: { until(met: () => boolean): Promise<void> },
  list: () => readonly Message[],
  what: () => unknown,
): Promise<Message> {
  const before = list().length;
  what();
  await platform.until(() => list().length > before);
  const message = list()[before];
  if (message === undefined) throw new Error("no answer");
  return message;
}
