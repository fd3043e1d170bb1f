/** How often everything else of this process had its turn meanwhile. */
export async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let turns = 0;
  const next = () => {
    turns += 1;
    other = setImmediate(next);
  };
  let other = setImmediate(next);
  await work();
  clearImmediate(other);
  return turns;
}
