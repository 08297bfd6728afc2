/** Sets the properties by which a style puts a popover above the button that opens it. */
export function placeAbove(popover: HTMLElement): void {
  const opener = document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`);
  const { left, right, top } = opener?.getBoundingClientRect() ?? new DOMRect();
  popover.style.setProperty('--left', `${left}px`);
  popover.style.setProperty('--right', `${innerWidth - right}px`);
  popover.style.setProperty('--bottom', `${innerHeight - top}px`);
}
