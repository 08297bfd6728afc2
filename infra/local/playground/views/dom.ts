type Child = Node | string | false | undefined;

/** An element with its properties and children. What people write only ever comes in as text. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** What a press does may take a while: until it is done the button is disabled, and says that it works. */
export function button(text: string, press: () => unknown, properties: Partial<HTMLButtonElement> = {}) {
  const pressed: HTMLButtonElement = el('button', {
    type: 'button',
    textContent: text,
    onclick: () => void whileBusy(pressed, press),
    ...properties,
  });
  return pressed;
}

/** A form with the button that sends it, which is busy for as long as the sending takes. */
export function form(send: (form: HTMLFormElement) => unknown, ...children: Child[]): HTMLFormElement {
  const sent = el('form', {}, ...children);
  sent.onsubmit = (event) => {
    event.preventDefault();
    void whileBusy(event.submitter ?? sent, () => send(sent));
  };
  return sent;
}

/**
 * Does it, unless it is being done already. Not by `disabled`, which would take the focus away from those who press by
 * keyboard.
 */
async function whileBusy(element: HTMLElement, work: () => unknown): Promise<void> {
  if (element.ariaBusy === 'true') return;
  const done = work();
  if (!(done instanceof Promise)) return;
  element.ariaBusy = element.ariaDisabled = 'true';
  await done.finally(() => {
    element.ariaBusy = element.ariaDisabled = null;
  });
}

/** A field with its label. */
export function field(
  label: string,
  properties: Partial<HTMLInputElement>,
): HTMLLabelElement & { input: HTMLInputElement } {
  const input = el('input', properties);
  return Object.assign(el('label', {}, label, input), { input });
}

/** Somebody's initials, on a colour that is always theirs. */
export function avatar(id: string, name: string): HTMLElement {
  const initials = name.split(/\s+/).map((word) => [...word][0] ?? '');
  const sum = Array.from(id).reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 997, 7);
  return el(
    'span',
    { className: `avatar colour${sum % 8}`, ariaHidden: 'true' },
    initials.slice(0, 2).join('').toUpperCase(),
  );
}

let hiding: ReturnType<typeof setTimeout> | undefined;

/** Tells the user something for a while. */
export function notice(text: string): void {
  const place = document.querySelector<HTMLElement>('#notice');
  if (place) place.textContent = text;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    if (place) place.textContent = '';
  }, 8000);
}
