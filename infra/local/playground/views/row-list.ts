/** One row of a list; `version` tells whether what stands there is still right. */
export interface Row {
  key: string;
  version: string;
  make(): HTMLElement;
}

/** The rows that an element shows. What need not change is left alone: it would be read out again, and lose the focus. */
export class RowList {
  readonly element: HTMLElement;
  private shown = new Map<string, { version: string; element: HTMLElement }>();

  constructor(element: HTMLElement) {
    this.element = element;
  }

  show(rows: Row[]): void {
    const focused = this.focused();
    this.update(rows);
    focused?.restore();
  }

  private update(rows: Row[]): void {
    const before = this.shown;
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, { element }] of before) if (!keys.has(key)) element.remove();
    this.shown = new Map();
    let place = this.element.firstElementChild;
    for (const { key, version, make } of rows) {
      const old = before.get(key);
      const element = old?.version === version ? old.element : make();
      if (old && element !== old.element) {
        if (place === old.element) place = element;
        old.element.replaceWith(element);
      }
      if (place === element) place = element.nextElementSibling;
      else this.element.insertBefore(element, place);
      this.shown.set(key, { version, element });
    }
  }

  /** What has the focus in here, if anything, by its place in its row: the row may be made anew, or be gone. */
  private focused() {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement) || !this.element.contains(activeElement)) return undefined;
    const [key] = [...this.shown].find(([, { element }]) => element.contains(activeElement)) ?? [''];
    const place = controlsIn(this.shown.get(key)?.element).indexOf(activeElement);
    const restore = () => {
      if (document.activeElement === activeElement) return;
      const again = controlsIn(this.shown.get(key)?.element)[place];
      const around = this.element.closest<HTMLElement>('[tabindex]');
      (again ?? around)?.focus({ preventScroll: true });
    };
    return { restore };
  }
}

const controlsIn = (row: HTMLElement | undefined) => [...(row?.querySelectorAll<HTMLElement>('a, button') ?? [])];
