/** `format` of one of Intl's formatters, which is made when it is first used: making one takes milliseconds. */
function formatter<Args extends unknown[]>(make: () => { format(...args: Args): string }): (...args: Args) => string {
  let made: { format(...args: Args): string } | undefined;
  return (...args) => {
    made ??= make();
    return made.format(...args);
  };
}

/** How a language writes times and days. `hour` says whether an hour always has two digits. */
export function datesIn(language: 'en' | 'ru', hour: 'numeric' | '2-digit') {
  const dates = (options: Intl.DateTimeFormatOptions) =>
    formatter<[Date | number]>(() => new Intl.DateTimeFormat(language, options));
  return {
    time: dates({ hour, minute: '2-digit' }),
    date: dates({ day: 'numeric', month: 'long', year: 'numeric' }),
    shortDate: dates({ day: 'numeric', month: 'numeric', year: '2-digit' }),
    weekday: dates({ weekday: 'long' }),
    shortWeekday: dates({ weekday: 'short' }),
    relative: formatter<[number, 'day' | 'minute']>(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' })),
  };
}
