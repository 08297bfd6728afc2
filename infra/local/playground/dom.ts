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

/** One line of a list; `version` tells whether what stands there is still right. */
export interface Row {
  key: string;
  version: string;
  make(): HTMLElement;
}

/** Makes the list show these rows, and leaves alone what need not change: it would be read out again. */
export function showRows(list: HTMLElement, rows: Row[]): void {
  const before = new Map(
    Array.from(list.children, (child) => [(child as HTMLElement).dataset.key, child as HTMLElement]),
  );
  let place: Element | null = list.firstElementChild;
  for (const { key, version, make } of rows) {
    const old = before.get(key);
    before.delete(key);
    const element = old?.dataset.version === version ? old : make();
    if (element === place) {
      place = element.nextElementSibling;
      continue;
    }
    Object.assign(element.dataset, { key, version });
    if (old && old !== element) {
      if (old === place) place = old.nextElementSibling;
      old.remove();
    }
    list.insertBefore(element, place);
  }
  for (const gone of before.values()) gone.remove();
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

/** Asks for one line; undefined when the user changed their mind. */
export function askFor(
  label: string,
  { ok, cancel }: { ok: string; cancel: string },
  value = '',
): Promise<string | undefined> {
  const line = field(label, { value, required: true, autocomplete: 'off' });
  const dialog: HTMLDialogElement = el(
    'dialog',
    {},
    el(
      'form',
      { method: 'dialog' },
      line,
      el(
        'div',
        { className: 'buttons' },
        button(cancel, () => dialog.close()),
        el('button', { value: 'ok', className: 'primary' }, ok),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  line.input.select();
  return new Promise((resolve) => {
    dialog.onclose = () => {
      dialog.remove();
      resolve(dialog.returnValue === 'ok' ? line.input.value.trim() || undefined : undefined);
    };
  });
}
