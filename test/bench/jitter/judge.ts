/** What a client shows of a room, against the order in which the room's observer shows it. */
interface Tally {
  missing: number;
  duplicated: number;
  /** Shown below a message that is newer. */
  outOfOrder: number;
  /** Shown here, but not to the observer. */
  unknown: number;
}

/** What was shown of one room. */
export interface Shown {
  observer: string[];
  members: string[][];
}

export interface Judgement {
  /** Messages times the clients that are in their room. */
  expectedPairs: number;
  presentPercent: number;
  total: Tally;
  /** Pairs of a client and a room where something is wrong. */
  notRight: number;
}

const nothing: Tally = { missing: 0, duplicated: 0, outOfOrder: 0, unknown: 0 };

export function judge(rooms: Shown[]): Judgement {
  const tallies = rooms.flatMap(({ observer, members }) => {
    const order = placesOf(observer);
    return members.map((shown) => tally(shown, order));
  });
  const expectedPairs = rooms.reduce((sum, { observer, members }) => sum + members.length * new Set(observer).size, 0);
  const total = tallies.reduce(add, nothing);
  return {
    expectedPairs,
    presentPercent: 100 * (1 - total.missing / expectedPairs),
    total,
    notRight: tallies.filter((one) => Object.values(one).some((count) => count > 0)).length,
  };
}

function placesOf(contents: string[]): Map<string, number> {
  return new Map([...new Set(contents)].map((content, place) => [content, place]));
}

function tally(shown: string[], order: Map<string, number>): Tally {
  const found = { ...nothing };
  const seen = new Set<string>();
  let newest = -1;
  for (const content of shown) {
    const place = order.get(content);
    if (seen.has(content)) found.duplicated++;
    else if (place === undefined) found.unknown++;
    else if (place < newest) found.outOfOrder++;
    else newest = place;
    seen.add(content);
  }
  found.missing = order.size - (seen.size - found.unknown);
  return found;
}

function add(a: Tally, b: Tally): Tally {
  return {
    missing: a.missing + b.missing,
    duplicated: a.duplicated + b.duplicated,
    outOfOrder: a.outOfOrder + b.outOfOrder,
    unknown: a.unknown + b.unknown,
  };
}
