import { arns, both, but, fromAnyNumber, fromPhoneNumber, fromSenderId, phoneNumber, region } from '../world.ts';
import type { Fault } from './index.ts';

const noNumbers = but({ sms: { phoneNumbers: [] } });
const number = (parts: Partial<typeof phoneNumber>) => but({ sms: { phoneNumbers: [{ ...phoneNumber, ...parts }] } });
const promotions = [{ SenderId: 'CHAT', IsoCountryCode: 'KZ', MessageTypes: ['PROMOTIONAL'] }];

export const faultsOfTextMessages: Fault[] = [
  ['sms-account', 'sms_sandbox', 'the account is in the sandbox', but({ sms: { tier: 'SANDBOX' } })],
  ['sms-spending', 'spending_limit_too_low', 'it may spend a dollar', but({ sms: { spendLimit: { MaxLimit: 1 } } })],
  [
    'sms-spending',
    'spending_limit_too_low',
    'the operator has lowered the limit',
    but({ sms: { spendLimit: { Overridden: true } } }),
  ],

  ['sms-sender', 'no_sender', 'the account has no phone number', both(fromAnyNumber, noNumbers)],
  [
    'sms-sender',
    'no_sender',
    'its number is for calls',
    both(fromAnyNumber, number({ NumberCapabilities: ['VOICE'] })),
  ],
  [
    'sms-sender',
    'sender_in_other_region',
    'the pool is in another region',
    but({}, { textMessages: { origin: arns.pool.replace(region, 'us-east-1') } }),
  ],
  ['sms-sender', 'sender_missing', 'the phone number was released', both(fromPhoneNumber, noNumbers)],
  ['sms-sender', 'sender_not_active', 'the pool is new', but({ sms: { pool: { Status: 'CREATING' } } })],
  [
    'sms-sender',
    'sender_not_active',
    'the phone number waits for its registration',
    both(fromPhoneNumber, number({ Status: 'PENDING' })),
  ],
  [
    'sms-sender',
    'sender_not_for_codes',
    'the sender ID is for promotions',
    both(fromSenderId, but({ sms: { senderIds: promotions } })),
  ],

  ['sms-countries', 'countries_without_sender', 'a pool lacks one', but({ sms: { poolCountries: ['KZ', 'US'] } })],
  [
    'sms-countries',
    'countries_without_sender',
    'a phone number reaches only its own country',
    both(fromPhoneNumber, but({}, { textMessages: { countries: ['KZ', 'AM'] } })),
  ],
  ['sms-countries', 'countries_blocked', 'the account blocks one', but({ sms: { protection: { KZ: 'BLOCK' } } })],
];
