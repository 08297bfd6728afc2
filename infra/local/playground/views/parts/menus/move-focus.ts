/** The arrow keys go through the buttons of a menu, except in a text field. */
export function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const { currentTarget: menu, target } = event;
  if (!step || target instanceof HTMLInputElement || !(menu instanceof HTMLElement)) return;
  event.preventDefault();
  const buttons = [...menu.querySelectorAll('button')];
  const now = buttons.findIndex((button) => button.matches(':focus'));
  buttons.at((now + step) % buttons.length)?.focus();
}
