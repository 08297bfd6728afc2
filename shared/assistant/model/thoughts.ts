/** Models that think aloud do so before their answer, between these tags. Some templates leave out the first one. */
const opening = /<think(?:ing)?>|\[THINK\]/i;
const beginning = new RegExp(`^\\s*(?:${opening.source})`, 'i');
const closing = /(?:<\/think(?:ing)?>|\[\/THINK\])\s*/i;
/** Where an answer that writes about the tag would not have it: where a line begins or right after a sentence. */
const loneClosing = /(?:(?:^|\n)[ \t]*|[.!?…。！？])(?:<\/think(?:ing)?>|\[\/THINK\])(?! )\s*/i;
const openings = ['<think>', '<thinking>', '[think]'];
const longestTag = '</thinking>'.length;

/** Whether the last answer left out the first tag. Those that follow are then shown only after the other one. */
let omitsOpening = false;

/** The text of an answer without the thoughts at its beginning; nothing if they have no end. */
export function withoutThoughts(text: string): string {
  const isThinking = beginning.test(text);
  const closed = isThinking ? closing.exec(text) : loneClosingIn(text);
  omitsOpening = !isThinking && closed !== null;
  if (closed) return text.slice(closed.index + closed[0].length);
  return isThinking ? '' : text;
}

function loneClosingIn(text: string): RegExpExecArray | null {
  const closed = loneClosing.exec(text);
  return closed && !opening.test(text.slice(0, closed.index)) ? closed : null;
}

/** Passes on a text that arrives in pieces, without the thoughts at its beginning. */
export function hidingThoughts(onText: (text: string) => void): (piece: string) => void {
  let phase = omitsOpening ? 'thinking' : 'beginning';
  let held = '';
  return (piece) => {
    held = phase === 'answering' ? piece : held + piece;
    if (phase === 'beginning') {
      held = held.trimStart();
      if (mayBeOpening(held)) return;
      phase = beginning.test(held) ? 'thinking' : 'answering';
    }
    if (phase === 'thinking') {
      const closed = closing.exec(held);
      // Only what may be half a tag is kept, so that long thoughts are not searched again with each piece.
      held = closed ? held.slice(closed.index + closed[0].length) : held.slice(-longestTag);
      if (!closed) return;
      phase = held ? 'answering' : 'beginning';
    }
    if (held) onText(held);
  };
}

function mayBeOpening(text: string): boolean {
  const begun = text.toLowerCase();
  return openings.some((tag) => tag.startsWith(begun));
}
