import type { Message } from '#shared/contract/chats/message.ts';

interface Invocation {
  began: number;
  ended?: number;
}

/** How long after the end of a function a post of it may still arrive, milliseconds. */
const onTheWayMs = 100;

/** Knows every text that a message ever had, and notices where an erased one appears again. */
export class Erasure {
  /** In frames and answers of functions that began after the deletion was answered, and in the events of `deliver`. */
  appearances = 0;
  private readonly textsOf = new Map<string, Set<string>>();
  /** The messages that were deleted: when that was answered, on the clock of `performance.now`. */
  private readonly erasedAt = new Map<string, number>();
  private readonly invocations: Invocation[] = [];

  /** A state of a message, or a text that somebody wants it to have. */
  wrote({ id, content, deletedAt }: Pick<Message, 'id' | 'content' | 'deletedAt'>): void {
    if (deletedAt !== undefined) return;
    const texts = this.textsOf.get(id) ?? new Set();
    this.textsOf.set(id, texts.add(content));
  }

  erased(id: string): void {
    if (!this.erasedAt.has(id)) this.erasedAt.set(id, performance.now());
  }

  get erasedTexts(): string[] {
    return [...this.erasedAt.keys()].flatMap((id) => this.texts(id));
  }

  /** Runs a function, and looks at its answer. */
  async during<T>(run: () => Promise<T>): Promise<T> {
    const invocation: Invocation = { began: performance.now() };
    this.invocations.push(invocation);
    try {
      const answer = await run();
      this.look(JSON.stringify(answer ?? ''), invocation.began);
      return answer;
    } finally {
      invocation.ended = performance.now();
    }
  }

  /** A frame is allowed to be late as long as a function runs that began before the deletion was answered. */
  frame(json: string): void {
    const now = performance.now();
    const running = this.invocations.filter(({ ended = now }) => ended > now - onTheWayMs);
    this.look(json, Math.min(now, ...running.map(({ began }) => began)));
  }

  event(json: string): void {
    for (const id of this.textsOf.keys()) this.count(json, id);
  }

  private look(json: string, since: number): void {
    for (const [id, at] of this.erasedAt) if (at < since) this.count(json, id);
  }

  private count(json: string, id: string): void {
    if (this.texts(id).some((text) => json.includes(text))) this.appearances++;
  }

  private readonly texts = (id: string): string[] => [...(this.textsOf.get(id) ?? [])];
}
