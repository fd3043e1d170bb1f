/** A request as a room sees it that answers it, whatever server it came through. */
export interface Request {
  /** By its name in small letters. */
  header(name: string): string | undefined;
  /** The body as text, or `undefined` where it is longer than this. */
  body(mostBytes: number): Promise<string | undefined>;
}

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  /** Instead of it, with its media type. */
  readonly text?: string;
  readonly type?: string;
}

/** One place of the HTTP server. */
export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  respond(request: Request): Promise<Answer>;
}
