import type { Texts } from '../../../texts/en/index.ts';

type KeyTexts = Texts['home']['keys'];

/** What a keyboard calls a key. Apple's keyboards have signs of their own. */
type Key = 'Mod' | 'Alt' | 'Shift' | 'Enter' | 'Esc' | '↑' | '↓' | (string & {});

interface Shortcut {
  does: Exclude<keyof KeyTexts, 'groups'>;
  /** The keys to press at once, for each of the ways to do it. */
  keys: readonly (readonly Key[])[];
}

/** All keyboard shortcuts of the page. `use-shortcuts.ts` hears the first four; the others belong to the view that has the focus. */
export const shortcuts: Readonly<Record<keyof KeyTexts['groups'], readonly Shortcut[]>> = {
  chats: [
    { does: 'search', keys: [['Mod', 'K']] },
    { does: 'previousChat', keys: [['Alt', '↑']] },
    { does: 'nextChat', keys: [['Alt', '↓']] },
    { does: 'shortcuts', keys: [['?'], ['Mod', '/']] },
    { does: 'chatMenu', keys: [['M']] },
    { does: 'close', keys: [['Esc']] },
  ],
  messages: [
    { does: 'move', keys: [['↑'], ['↓']] },
    { does: 'reply', keys: [['R'], ['Enter']] },
  ],
  writing: [
    { does: 'send', keys: [['Enter']] },
    { does: 'newLine', keys: [['Shift', 'Enter']] },
    { does: 'editLast', keys: [['↑']] },
    { does: 'cancel', keys: [['Esc']] },
  ],
};

const appleNames: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };

/** A key as the user's keyboard calls it. */
export const keyName = (key: Key, isApple: boolean): string =>
  isApple ? (appleNames[key] ?? key) : key === 'Mod' ? 'Ctrl' : key;
