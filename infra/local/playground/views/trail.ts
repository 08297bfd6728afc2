/**
 * The addresses that are behind this one in the browser's history, oldest first. Each entry of the history keeps its own,
 * so that a button of the page can go back to where the user came from, and the browser's back button does not return.
 */
type Trail = readonly string[];

/** A visit of an hour may open hundreds of chats. */
const maxLength = 50;

const isTrail = (value: unknown): value is Trail =>
  Array.isArray(value) && value.every((address) => typeof address === 'string');

function savedTrail(): Trail | undefined {
  const { trail }: { trail?: unknown } = { ...history.state };
  return isTrail(trail) ? trail : undefined;
}

/** Call this once, before anything else hears of a new address. */
export function recordTrail(): void {
  let trail = savedTrail() ?? [];
  const record = ({ oldURL }: HashChangeEvent) => {
    // An entry that has its trail already is one to which the user returns.
    const saved = savedTrail();
    trail = saved ?? [...trail, new URL(oldURL).hash].slice(-maxLength);
    if (!saved) history.replaceState({ trail }, '');
  };
  history.replaceState({ trail }, '');
  window.addEventListener('hashchange', record);
}

/** The address from which the user came to this one, in this tab. */
export const addressBefore = (): string => savedTrail()?.at(-1) ?? '';

/** Gives this entry of the history another address. What follows the address hears of it. */
export function replaceAddress(address: string): void {
  history.replaceState(history.state, '', address);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** Goes back to the nearest address that fits; without one, this entry becomes `otherwise`. */
export function goBackTo(fits: (address: string) => boolean, otherwise: string): void {
  const trail = savedTrail() ?? [];
  const steps = trail.length - trail.findLastIndex(fits);
  if (steps <= trail.length) history.go(-steps);
  else replaceAddress(otherwise);
}
