/** A request as a room sees it that answers it, whatever server it came through. */
export interface Request {
  /** What follows the path of a route that answers for all `under` it, as it was sent; otherwise empty. */
  readonly rest: string;
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
  /** By their names in small letters. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One place of the HTTP server. What answers GET answers HEAD too, without a body. */
export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** It also answers for whatever begins with its path, which then ends with a slash. */
  readonly under?: true;
  respond(request: Request): Promise<Answer>;
}
