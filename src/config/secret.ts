/** A value that must not be seen: it prints as `[secret]` everywhere, and is opened by name. */
export interface Secret {
  reveal(): string;
}

/** Shuts a value, where there is one. */
export function secret(value: string | undefined): Secret | undefined {
  if (value === undefined) return undefined;
  const shown = () => "[secret]";
  return { reveal: () => value, toString: shown, toJSON: shown, [Symbol.for("nodejs.util.inspect.custom")]: shown } as Secret;
}
