import {
  DescribePhoneNumbersCommand,
  DescribePoolsCommand,
  DescribeSenderIdsCommand,
  paginateDescribePhoneNumbers,
  paginateListPoolOriginationIdentities,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { Aws } from './aws.ts';
import { ask, isRefused } from './failure.ts';

/** From which text messages are sent, and the countries that it reaches. */
export interface Sender {
  name: string;
  isActive: boolean;
  isForCodes: boolean;
  countries: string[] | 'all';
}

type PhoneNumber = { IsoCountryCode: string | undefined; InternationalSendingEnabled?: boolean | undefined };

const reached = (numbers: PhoneNumber[]): Sender['countries'] =>
  numbers.some(({ InternationalSendingEnabled }) => InternationalSendingEnabled)
    ? 'all'
    : [...new Set(numbers.map(({ IsoCountryCode = '' }) => IsoCountryCode))];

/** The sender with this ARN; undefined if there is none. */
export async function findSender(aws: Aws, arn: string): Promise<Sender | undefined> {
  const [type = '', id = '', country = ''] = arn.split(':').slice(5).join(':').split('/');
  const find = { pool: () => findPool(aws, arn), 'sender-id': () => findSenderId(aws, id, country) }[type];
  try {
    return await (find ?? (() => findPhoneNumber(aws, arn)))();
  } catch (error) {
    if (isRefused(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

async function findPhoneNumber(aws: Aws, arn: string): Promise<Sender | undefined> {
  const { PhoneNumbers: [number] = [] } = await ask('sms-voice:DescribePhoneNumbers', () =>
    aws.sms().send(new DescribePhoneNumbersCommand({ PhoneNumberIds: [arn] })),
  );
  if (!number) return undefined;
  const { PhoneNumber = '', Status, MessageType, NumberCapabilities = [] } = number;
  const isForCodes = MessageType === 'TRANSACTIONAL' && NumberCapabilities.includes('SMS');
  return { name: PhoneNumber, isActive: Status === 'ACTIVE', isForCodes, countries: reached([number]) };
}

async function findPool(aws: Aws, arn: string): Promise<Sender | undefined> {
  const { Pools: [pool] = [] } = await ask('sms-voice:DescribePools', () =>
    aws.sms().send(new DescribePoolsCommand({ PoolIds: [arn] })),
  );
  if (!pool) return undefined;
  const { PoolId = '', Status, MessageType, SharedRoutesEnabled } = pool;
  const members = await ask('sms-voice:ListPoolOriginationIdentities', () =>
    collect(
      paginateListPoolOriginationIdentities({ client: aws.sms() }, { PoolId: arn }),
      (page) => page.OriginationIdentities,
    ),
  );
  return {
    name: PoolId,
    isActive: Status === 'ACTIVE',
    isForCodes: MessageType === 'TRANSACTIONAL',
    countries: SharedRoutesEnabled ? 'all' : reached(members),
  };
}

async function findSenderId(aws: Aws, SenderId: string, IsoCountryCode: string): Promise<Sender | undefined> {
  const { SenderIds: [sender] = [] } = await ask('sms-voice:DescribeSenderIds', () =>
    aws.sms().send(new DescribeSenderIdsCommand({ SenderIds: [{ SenderId, IsoCountryCode }] })),
  );
  if (!sender) return undefined;
  const isForCodes = (sender.MessageTypes ?? []).includes('TRANSACTIONAL');
  return { name: SenderId, isActive: true, isForCodes, countries: [IsoCountryCode] };
}

/** The account's phone numbers, of which AWS chooses one if no sender is named; undefined if there is none for codes. */
export async function phoneNumbersOf(aws: Aws): Promise<Sender | undefined> {
  const numbers = await ask('sms-voice:DescribePhoneNumbers', () =>
    collect(paginateDescribePhoneNumbers({ client: aws.sms() }, {}), (page) => page.PhoneNumbers),
  );
  const usable = numbers.filter(
    ({ Status, MessageType, NumberCapabilities = [] }) =>
      Status === 'ACTIVE' && MessageType === 'TRANSACTIONAL' && NumberCapabilities.includes('SMS'),
  );
  if (usable.length === 0) return undefined;
  const name = usable.map(({ PhoneNumber }) => PhoneNumber).join(', ');
  return { name, isActive: true, isForCodes: true, countries: reached(usable) };
}

async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}
