import { button, el, field } from './dom.ts';

/** Asks for one line; undefined when the user changed their mind. */
export function askFor(
  label: string,
  { ok, cancel }: { ok: string; cancel: string },
  value = '',
): Promise<string | undefined> {
  const line = field(label, { value, required: true, autocomplete: 'off' });
  const dialog: HTMLDialogElement = el(
    'dialog',
    { ariaLabel: label },
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
