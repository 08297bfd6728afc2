import { ApiProblem } from '../client/api.ts';
import type { State } from '../client/realtime.ts';
import type { Texts } from '../texts/en.ts';
import { wordsFor } from './context.ts';
import { el } from './dom.ts';

/** Says what the connection is doing. The seconds stand beside what is read out: each of them would be, too. */
export class ConnectionLine {
  private readonly words = el('span', { role: 'status' });
  private readonly seconds = el('span');
  readonly element = el('p', { className: 'status' }, this.words, ' ', this.seconds);
  private readonly texts: Texts;
  private clock: ReturnType<typeof setInterval> | undefined;

  constructor(texts: Texts) {
    this.texts = texts;
  }

  show(state: State): void {
    this.close();
    this.element.dataset.state = state.name;
    this.tick(state);
    if (state.name === 'waiting') this.clock = setInterval(() => this.tick(state), 1000);
  }

  close(): void {
    clearInterval(this.clock);
  }

  private tick(state: State): void {
    const words = this.wordsOf(state);
    if (words !== this.words.textContent) this.words.textContent = words;
    const counts = state.name === 'waiting' && navigator.onLine;
    this.seconds.textContent = counts
      ? this.texts.inSeconds(Math.max(0, Math.ceil((state.until - Date.now()) / 1000)))
      : '';
  }

  private wordsOf(state: State): string {
    const { texts } = this;
    if (state.name === 'ended') return wordsFor(texts, new ApiProblem(403, { code: state.code, title: state.code }));
    return state.name === 'waiting' && !navigator.onLine ? texts.states.offline : texts.states[state.name];
  }
}
