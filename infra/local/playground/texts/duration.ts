/** Words for a number of seconds, in the largest unit that needs no fraction: "30 seconds", "5 minutes". */
export function durationIn(language: string): (seconds: number) => string {
  const wordsOf = (unit: string, count: number) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  return (seconds) => {
    if (seconds % 86_400 === 0 && seconds > 0) return wordsOf('day', seconds / 86_400);
    if (seconds % 3600 === 0) return wordsOf('hour', seconds / 3600);
    if (seconds % 60 === 0) return wordsOf('minute', seconds / 60);
    return wordsOf('second', seconds);
  };
}
