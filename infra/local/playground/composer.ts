import { type App, attempt } from './app.ts';
import { button, el } from './dom.ts';

interface Actions {
  /** Something goes out now. */
  onSay(): void;
  send(content: string): void;
}

/** Where one writes: to the chat or to the assistant, who also suggests what to write. */
export class Composer {
  readonly element: HTMLElement;
  private readonly app: App;
  private readonly chatId: string;
  private readonly actions: Actions;
  private readonly text: HTMLTextAreaElement;
  private readonly chips = el('div', { className: 'chips' });

  constructor(app: App, chatId: string, actions: Actions) {
    const { texts } = app;
    this.app = app;
    this.chatId = chatId;
    this.actions = actions;
    this.text = el('textarea', { rows: 1, ariaLabel: texts.write, placeholder: texts.write, maxLength: 4000 });
    const buttons = [
      button(texts.suggest, () => this.suggest()),
      button(texts.ask, () => this.say((question) => this.ask(question))),
      el('button', { className: 'primary' }, texts.send),
    ];
    const form = el('form', {}, this.text, el('div', { className: 'buttons' }, ...buttons));
    const send = (event: Event) => {
      event.preventDefault();
      this.say(actions.send);
    };
    form.onsubmit = send;
    this.text.onkeydown = (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
    };
    this.element = el('div', { className: 'composer' }, this.chips, form);
  }

  focus(): void {
    this.text.focus();
  }

  private say(how: (text: string) => unknown): void {
    const content = this.text.value.trim();
    if (!content) return;
    this.text.value = '';
    this.chips.replaceChildren();
    this.actions.onSay();
    void how(content);
  }

  private async ask(question: string): Promise<void> {
    const asked = await attempt(this.app.texts, () => this.app.api.ask(this.chatId, question));
    if (!asked && !this.text.value) this.text.value = question;
  }

  private suggest(): Promise<boolean> {
    const { api, texts } = this.app;
    const take = (content: string) => {
      this.text.value = content;
      this.text.focus();
    };
    return attempt(texts, async () => {
      const { suggestions } = await api.listSuggestions(this.chatId);
      this.chips.replaceChildren(...suggestions.map(({ content }) => button(content, () => take(content))));
    });
  }
}
