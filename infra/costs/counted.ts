import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the tests count: read from docs/costs.md, because test/docs/costs*.test.ts fail when its tables are wrong. */

const read = (file: string) => readFileSync(join(import.meta.dirname, '../../docs', file), 'utf8');
const costs = read('costs.md');
const scale = read('scale.md');

/** Frames in both directions, and units of DynamoDB. */
export interface Counted {
  frames: number;
  writes: number;
  reads: number;
}

const numbersIn = (text: string) => (text.replaceAll(',', '').match(/\d+(\.\d+)?/g) ?? []).map(Number);

const sectionOf = (page: string, heading: string): string => {
  const [, section] = page.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`The page has no section "${heading}"`);
  return section.split('\n## ')[0] ?? '';
};

/** The cells of the nth row that begins so. */
function rowOf(section: string, beginning: string, nth = 0): string[] {
  const rows = section.split('\n').filter((line) => line.startsWith(`| ${beginning}`));
  const cells = rows[nth]?.split('|').map((cell) => cell.trim());
  if (!cells) throw new Error(`The page has no row "${beginning}"`);
  return cells.slice(1, -1);
}

const countIn = (cell = ''): Counted => {
  const [frames = 0, writes = 0, reads = 0] = numbersIn(cell);
  return { frames, writes, reads };
};

interface CountedInChat extends Counted {
  /** The read units that fall on the table Connections. */
  connectionReads: number;
}

/** The counts in a chat where every participant has an inbox open. */
export function countedInChat(participants: number): Record<'message' | 'readMark' | 'typing', CountedInChat> {
  const size = participants.toLocaleString('en');
  const row = rowOf(sectionOf(costs, 'Inboxes'), `${size} | an inbox`);
  const ofConnections = rowOf(sectionOf(costs, 'Daily users').split('| participants |')[1] ?? '', `${size} |`);
  const counted = (n: number) => ({
    ...countIn(row[n + 1]),
    connectionReads: numbersIn(ofConnections[n] ?? '')[0] as number,
  });
  return { message: counted(1), readMark: counted(2), typing: counted(3) };
}

/**
 * What `push` does for a message that nobody reads, or that everybody reads at once. The units of large chats lie on the
 * line through those that are counted.
 */
export function countedPush(participants: number, isRead: boolean): Counted {
  const section = sectionOf(costs, 'Push notifications');
  const [low, high] = participants < 10 ? [2, 10] : [10, 45];
  const unitsOf = (size: number) => numbersIn(rowOf(section, `${size} |`)[isRead ? 3 : 1] ?? '');
  const line = (n: 0 | 1) => {
    const [from = 0, to = 0] = [unitsOf(low)[n], unitsOf(high)[n]];
    return from + ((to - from) * (participants - low)) / (high - low);
  };
  return { frames: 0, writes: line(0), reads: line(1) };
}

const millionsOf = (section: string, row: string, nth = 0): number =>
  numbersIn(rowOf(section, row, nth)[1] ?? '')[0] as number;

const files = sectionOf(costs, 'Files');
/** The second of the two tables. */
const withThumbnail = 1;
/** What a picture takes on top of its message. */
export const countedPicture = {
  writes: millionsOf(files, 'DynamoDB, writes', withThumbnail),
  reads: millionsOf(files, 'DynamoDB, reads', withThumbnail),
  fileWrites: millionsOf(files, 'S3, writes', withThumbnail),
  fileReads: millionsOf(files, 'S3, reads', withThumbnail),
  queueRequests: millionsOf(files, 'SQS', withThumbnail),
};

const changes = sectionOf(costs, 'Changes');
export const countedChange: CountedInChat = {
  // One for the query of the sockets, and one for the inbox of each of the ten.
  connectionReads: 11,
  frames: millionsOf(changes, 'API Gateway, frames'),
  writes: millionsOf(changes, 'DynamoDB, writes'),
  reads: millionsOf(changes, 'DynamoDB, reads'),
};

const reading = sectionOf(costs, 'Reading');
/** Read units, the first or largest that the row names for the smallest case. */
export const countedReads = {
  unread: numbersIn(rowOf(reading, '`GET /chats/unread`')[1] ?? '')[0] as number,
  list: numbersIn(rowOf(reading, '`GET /chats` ')[1] ?? '')[0] as number,
  page: numbersIn(rowOf(reading, 'a page of 100 short messages, ')[1] ?? '')[1] as number,
};

const search = rowOf(sectionOf(costs, 'Search'), '1,000 messages');
export const countedSearch: Counted = { frames: 0, reads: Number(search[2]), writes: Number(search[3]) };

const opening = sectionOf(costs, 'Daily users');
const countedRow = (beginning: string): Counted => countIn(rowOf(opening, beginning).slice(1).join(' '));
export const countedTicket = countedRow('a ticket');
export const countedInbox = countedRow('an inbox');
export const countedSync = countedRow('`sync`');

/** Dollars. */
export const idleMonth = numbersIn(rowOf(sectionOf(costs, 'An idle month'), '| **')[1] ?? '')[0] as number;

const binds = sectionOf(scale, 'What binds first');
/** The default of a quota that docs/scale.md lists, by how the row begins: the number before the unit. */
export function defaultOf(row: string, unit: string): number {
  const section = binds.slice(binds.indexOf(`| ${row}`));
  const [, number] = new RegExp(`([\\d,]+)${unit}`).exec(section) ?? [];
  if (!section.startsWith('|') || !number) throw new Error(`docs/scale.md has no quota "${row}" in "${unit}"`);
  return Number(number.replaceAll(',', ''));
}
