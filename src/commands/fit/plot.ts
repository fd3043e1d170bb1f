/** A chance that was told, and whether it came true. */
export interface Told {
  readonly chance: number;
  readonly right: boolean;
}

const BINS = 10;
const SIZE = 320;
const EDGE = 44;

/** A reliability diagram as SVG: what was told against what came true, in tenths; the dots grow with the number of questions. */
export function drawReliability(told: readonly Told[], cuts: { readonly sure: number; readonly unsure: number }): string {
  const x = (share: number) => EDGE + share * SIZE;
  const y = (share: number) => EDGE / 2 + (1 - share) * SIZE;
  const bins = Array.from({ length: BINS }, (_, bin) =>
    told.filter(({ chance }) => Math.min(BINS - 1, Math.floor(chance * BINS)) === bin),
  ).filter((bin) => bin.length > 0);
  const dots = bins.map((bin) => {
    const mean = bin.reduce((sum, { chance }) => sum + chance, 0) / bin.length;
    const right = bin.filter((each) => each.right).length / bin.length;
    const radius = 3 + 9 * Math.sqrt(bin.length / told.length);
    return `<circle cx="${x(mean).toFixed(1)}" cy="${y(right).toFixed(1)}" r="${radius.toFixed(1)}"><title>${bin.length} questions: told ${mean.toFixed(2)}, true ${right.toFixed(2)}</title></circle>`;
  });
  const cut = (share: number, name: string) =>
    `<path d="M${x(share).toFixed(1)} ${y(0)}V${y(1)}" stroke-dasharray="3 4" stroke="#777"/><text x="${(x(share) + 4).toFixed(1)}" y="${y(1) + 12}">${name} ${share}</text>`;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<text x="${x(share)}" y="${y(0) + 16}" text-anchor="middle">${share}</text><text x="${EDGE - 8}" y="${y(share) + 4}" text-anchor="end">${share}</text>`,
  );
  const width = EDGE + SIZE + 20;
  const height = SIZE + EDGE + 24;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="11" fill="#333">`,
    `<rect width="${width}" height="${height}" fill="#fff"/><rect x="${EDGE}" y="${EDGE / 2}" width="${SIZE}" height="${SIZE}" fill="none" stroke="#bbb"/>`,
    `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="#bbb"/>`,
    ...ticks,
    cut(cuts.sure, "sure"),
    cut(cuts.unsure, "unsure"),
    `<g fill="#1f6f54" fill-opacity="0.75">${dots.join("")}</g>`,
    `<text x="${x(0.5)}" y="${height - 8}" text-anchor="middle">chance told</text><text transform="translate(12 ${y(0.5)}) rotate(-90)" text-anchor="middle">share that was right</text>`,
    "</svg>\n",
  ].join("\n");
}
