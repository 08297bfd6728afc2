/** A template with its placeholders in braces replaced: `fill('{actor} left', { actor: 'Anna' })`. */
export const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));

/** Keeps a name that is written from right to left from reordering the text around it. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;
