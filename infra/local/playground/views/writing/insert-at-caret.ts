/** Puts text in place of what is selected in a text field, as if the user had typed it. */
export function insertAtCaret(field: HTMLTextAreaElement | null, text: string): void {
  if (!field) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
