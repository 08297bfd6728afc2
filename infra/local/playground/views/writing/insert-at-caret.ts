/** Puts text in place of what is selected in a text field, as if the user had typed it. */
export function insertAtCaret(field: HTMLTextAreaElement | null, text: string): void {
  if (!field) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Puts words at the caret of a text field, apart from those that are there already. */
export function insertWords(field: HTMLTextAreaElement | null, words: string): void {
  if (!field) return;
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  insertAtCaret(field, `${/\S$/.test(before) ? ' ' : ''}${words}${/^\S/.test(after) ? ' ' : ''}`);
}
