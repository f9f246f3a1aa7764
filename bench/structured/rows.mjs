/** In the order of the table. */
export const rowNames = [
  "spawn",
  "parked",
  "signal",
  "rendezvous",
  "channel-128",
  "channel-many",
  "mutex-free",
  "mutex-contended",
  "retained-select",
  "retained-race",
  "retained-acquire",
  "cross-thread",
  "reports",
];

export async function loadRow(name) {
  return (await import(`./row/${name}.mjs`)).row;
}
