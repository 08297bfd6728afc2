/** Models that think aloud do so before their answer, between these tags. Some templates leave out the first one. */
const opening = /<think(?:ing)?>|\[THINK\]/i;
const closing = /(?:<\/think(?:ing)?>|\[\/THINK\])\s*/i;
const openings = ['<think>', '<thinking>', '[think]'];

/** The text without the thoughts at its beginning; nothing while they go on. */
export function withoutThoughts(text: string): string {
  const opened = opening.exec(text);
  const closed = closing.exec(text);
  const isThinking = opened !== null && text.slice(0, opened.index).trim() === '';
  if (closed && (isThinking || !opened || opened.index > closed.index))
    return text.slice(closed.index + closed[0].length);
  return isThinking ? '' : text;
}

/** Passes on a text that arrives in pieces, without the thoughts at its beginning. */
export function hidingThoughts(onText: (text: string) => void): (piece: string) => void {
  let text = '';
  let shown = '';
  return (piece) => {
    text += piece;
    const visible = mayBeOpening(text) ? '' : withoutThoughts(text);
    const added = visible.startsWith(shown) ? visible.slice(shown.length) : visible;
    shown = visible;
    if (added) onText(added);
  };
}

function mayBeOpening(text: string): boolean {
  const begun = text.trimStart().toLowerCase();
  return openings.some((tag) => tag.startsWith(begun));
}
