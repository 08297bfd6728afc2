import type { OpenChat } from '../state/open-chat.ts';
import { type App, attempt } from './context.ts';
import { button, el } from './dom.ts';

/** Where one writes: to the chat or to the assistant, who also suggests what to write. */
export class Composer {
  readonly element: HTMLElement;
  private readonly app: App;
  private readonly open: OpenChat;
  private readonly onSay: () => void;
  private readonly text: HTMLTextAreaElement;
  private readonly chips = el('div', { className: 'chips' });

  /** `onSay` is called before something goes out. */
  constructor(app: App, open: OpenChat, onSay: () => void) {
    const { texts } = app;
    this.app = app;
    this.open = open;
    this.onSay = onSay;
    this.text = el('textarea', { rows: 1, ariaLabel: texts.write, placeholder: texts.write, maxLength: 4000 });
    this.text.oninput = () => {
      open.unsent.text = this.text.value;
    };
    const buttons = [
      button(texts.suggest, () => this.suggest()),
      button(texts.ask, () => this.say((question) => attempt(texts, () => open.ask(question)))),
      el('button', { className: 'primary' }, texts.send),
    ];
    const form = el('form', {}, this.text, el('div', { className: 'buttons' }, ...buttons));
    const send = (event: Event) => {
      event.preventDefault();
      this.say((content) => open.realtime.send(content));
    };
    form.onsubmit = send;
    this.text.onkeydown = (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
    };
    this.element = el('div', { className: 'composer' }, this.chips, form);
    this.show();
  }

  focus(): void {
    this.text.focus();
  }

  /** Half a message that somebody else has put there: what an earlier screen left, or a question that was refused. */
  show(): void {
    if (this.text.value !== this.open.unsent.text) this.text.value = this.open.unsent.text;
  }

  private write(text: string): void {
    this.open.unsent.text = text;
    this.show();
  }

  private say<Result>(how: (text: string) => Result): Result | undefined {
    const content = this.text.value.trim();
    if (!content) return undefined;
    this.write('');
    this.chips.replaceChildren();
    this.onSay();
    return how(content);
  }

  private suggest(): Promise<boolean> {
    const { api, texts } = this.app;
    const take = (content: string) => {
      this.write(content);
      this.text.focus();
    };
    return attempt(texts, async () => {
      const { suggestions } = await api.listSuggestions(this.open.chat.id);
      this.chips.replaceChildren(...suggestions.map(({ content }) => button(content, () => take(content))));
    });
  }
}
