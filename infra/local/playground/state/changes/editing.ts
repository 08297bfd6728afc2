import type { Message } from '#shared/contract/chats/message.ts';
import { writtenText } from '../../client/realtime/states.ts';
import { maxMentions, mentionsIn, type Named } from '../mentions.ts';

/** All that an edit says: what is left out of an edit would stay as it was. */
export interface Mentioned {
  mentions: string[];
  everyone: boolean;
}

interface Editor {
  /** A message in its current state. */
  find(messageId: string): Message | undefined;
  /** Whom a message mentions, by the names that its text may have. */
  namesIn(message: Message): Named[];
  /** Sends the text. Resolves when the message in the chat has it. */
  send(messageId: string, content: string, mentioned: Mentioned): Promise<unknown>;
  onChange(): void;
}

/** The message that the user is editing in the message box. */
export class Editing {
  private readonly editor: Editor;
  text = '';
  private original: Message | undefined;
  private chosen: Named[] = [];
  private saving = false;

  constructor(editor: Editor) {
    this.editor = editor;
  }

  /** The message as it is now, which may be newer than when the user began; undefined if none is being edited. */
  get message(): Message | undefined {
    return this.original && (this.editor.find(this.original.id) ?? this.original);
  }

  /** What has happened to the message since the user began. */
  get meanwhile(): 'edited' | 'deleted' | undefined {
    const { message, original } = this;
    if (message?.deletedAt) return 'deleted';
    return message && original && writtenText(message) !== writtenText(original) ? 'edited' : undefined;
  }

  begin(message: Message): void {
    this.show(message, writtenText(message));
  }

  cancel(): void {
    this.show(undefined, '');
  }

  /** Somebody was chosen from the list of members. */
  mention(named: Named): void {
    this.chosen.push(named);
  }

  /** Ends with the server's answer. If it refuses, this rejects and the text stays. */
  async save(): Promise<void> {
    const { original, message, text } = this;
    if (!original || !message || this.saving) return;
    this.saving = true;
    try {
      if (text !== writtenText(message)) await this.editor.send(original.id, text, this.mentioned(original));
    } finally {
      this.saving = false;
    }
    // By now the user may be editing another message, or have changed the text again.
    if (this.original === original && this.text === text) this.cancel();
  }

  /** The users that the text mentions now. A user whose name was not in the old text stays mentioned. */
  private mentioned(original: Message): Mentioned {
    const [before, now] = [mentionsIn(original.content, this.chosen), mentionsIn(this.text, this.chosen)];
    const kept = (original.mentions ?? []).filter((id) => !before.mentions?.includes(id));
    const isKept = original.everyone === true && !before.everyone;
    return {
      mentions: [...new Set([...kept, ...(now.mentions ?? [])])].slice(0, maxMentions),
      everyone: isKept || now.everyone === true,
    };
  }

  private show(message: Message | undefined, text: string): void {
    this.original = message;
    this.chosen = message ? this.editor.namesIn(message) : [];
    this.text = text;
    this.editor.onChange();
  }
}
