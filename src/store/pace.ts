/** A pace that was stopped from full speed and halved is whole again after half of this. */
export const WHOLE_AGAIN_MS = 60_000;
/** Of the full pace, however often it was halved. */
export const LEAST_SHARE = 0.04;
/** What was delayed for longer than this is not made good for by a burst. */
export const REST_MS = 1000;
