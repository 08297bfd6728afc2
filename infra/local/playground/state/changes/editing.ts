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

/** An edit that is not saved yet. */
export interface Edit {
  /** The message as it was when the user began. */
  readonly original: Message;
  text: string;
  /** Whom the text may mention. */
  readonly chosen: Named[];
  saving: boolean;
}

/** The message that the user is editing in the message box. */
export class Editing {
  private readonly kept: { edit?: Edit | undefined };
  private readonly editor: Editor;

  /** `kept` outlives the open chat. */
  constructor(kept: { edit?: Edit | undefined }, editor: Editor) {
    this.kept = kept;
    this.editor = editor;
  }

  get text(): string {
    return this.kept.edit?.text ?? '';
  }

  set text(text: string) {
    if (this.kept.edit) this.kept.edit.text = text;
  }

  /** The message as it is now, which may be newer than when the user began; undefined if none is being edited. */
  get message(): Message | undefined {
    const { original } = this.kept.edit ?? {};
    return original && (this.editor.find(original.id) ?? original);
  }

  /** What has happened to the message since the user began. */
  get meanwhile(): 'edited' | 'deleted' | undefined {
    const { message } = this;
    const { original } = this.kept.edit ?? {};
    if (message?.deletedAt) return 'deleted';
    return message && original && writtenText(message) !== writtenText(original) ? 'edited' : undefined;
  }

  begin(message: Message): void {
    const chosen = this.editor.namesIn(message);
    this.show({ original: message, text: writtenText(message), chosen, saving: false });
  }

  cancel(): void {
    this.show(undefined);
  }

  /** Somebody was chosen from the list of members. */
  mention(named: Named): void {
    this.kept.edit?.chosen.push(named);
  }

  /** Ends with the server's answer. If it refuses, this rejects and the text stays. */
  async save(): Promise<void> {
    const { message } = this;
    const { edit } = this.kept;
    if (!edit || !message || edit.saving) return;
    const { text } = edit;
    edit.saving = true;
    try {
      if (text !== writtenText(message)) await this.editor.send(message.id, text, mentionedBy(edit));
    } finally {
      edit.saving = false;
    }
    // By now the user may be editing another message, or have changed the text again.
    if (this.kept.edit === edit && edit.text === text) this.cancel();
  }

  private show(edit: Edit | undefined): void {
    this.kept.edit = edit;
    this.editor.onChange();
  }
}

/** The users that the text mentions now. A user whose name was not in the old text stays mentioned. */
function mentionedBy({ original, text, chosen }: Edit): Mentioned {
  const [before, now] = [mentionsIn(original.content, chosen), mentionsIn(text, chosen)];
  const kept = (original.mentions ?? []).filter((id) => !before.mentions?.includes(id));
  const isKept = original.everyone === true && !before.everyone;
  return {
    mentions: [...new Set([...kept, ...(now.mentions ?? [])])].slice(0, maxMentions),
    everyone: isKept || now.everyone === true,
  };
}
