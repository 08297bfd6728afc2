import { closePanel } from '../address.ts';

/** Closes the sheet and then does something with the page behind it, which may take the focus. */
export function leaveSheet(then: () => unknown): void {
  // After the sheet has given the focus back.
  window.addEventListener('hashchange', () => setTimeout(then), { once: true });
  closePanel();
}
