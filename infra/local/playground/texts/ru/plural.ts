let rules: Intl.PluralRules | undefined;

/** A number with the form of the noun that goes with it: `1 чат`, `2 чата`, `5 чатов`. */
export const plural = (count: number, one: string, few: string, many: string): string => {
  // Not before it is needed: making one takes milliseconds.
  rules ??= new Intl.PluralRules('ru');
  return `${count} ${{ one, few, many, other: many, zero: many, two: few }[rules.select(count)]}`;
};
