/** One observation: its features, what came of it, and how much it counts. */
export interface Sample {
  readonly values: readonly number[];
  readonly right: boolean;
  readonly weight: number;
}

export interface Logistic {
  readonly bias: number;
  readonly weights: readonly number[];
}

const STEPS = 600;
const RATE = 0.1;
const RIDGE = 0.0003;

/**
 * Weighted logistic regression, minimised by Adam (Kingma and Ba 2015). `signs` bounds each weight: 1 keeps it at 0 or above, -1 at 0 or below, 0 leaves it free;
 * a feature that cannot speak for an answer must not come to do so by chance.
 */
export function fitLogistic(samples: readonly Sample[], signs: readonly (-1 | 0 | 1)[]): Logistic {
  // The bias is learned as the weight of a feature that is always 1.
  const size = signs.length + 1;
  const learned = new Float64Array(size);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  const total = samples.reduce((sum, sample) => sum + sample.weight, 0);
  const current = (): Logistic => ({ bias: learned[signs.length] ?? 0, weights: [...learned.subarray(0, signs.length)] });
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = Float64Array.from(learned, (weight) => RIDGE * weight);
    const model = current();
    for (const { values, right, weight } of samples) {
      const error = ((chanceOf(model, values) - (right ? 1 : 0)) * weight) / total;
      for (let at = 0; at < size; at += 1)
        gradient[at] = (gradient[at] ?? 0) + error * (at < signs.length ? (values[at] ?? 0) : 1);
    }
    for (let at = 0; at < size; at += 1) {
      const slope = gradient[at] ?? 0;
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * slope;
      square[at] = 0.99 * (square[at] ?? 0) + 0.01 * slope ** 2;
      const push = (mean[at] ?? 0) / (1 - 0.9 ** step) / (Math.sqrt((square[at] ?? 0) / (1 - 0.99 ** step)) + 1e-9);
      const moved = (learned[at] ?? 0) - RATE * push;
      const sign = signs[at] ?? 0;
      learned[at] = sign === 0 ? moved : sign * Math.max(0, sign * moved);
    }
  }
  return current();
}

/** The chance that a logistic model gives. */
export function chanceOf({ bias, weights }: Logistic, values: readonly number[]): number {
  let sum = bias;
  for (let at = 0; at < weights.length; at += 1) sum += (weights[at] ?? 0) * (values[at] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}
