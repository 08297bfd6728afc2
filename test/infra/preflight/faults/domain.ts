import { arns, both, but, undeployed } from '../world.ts';
import type { Fault } from './index.ts';

const zone = (parts: { name?: string; isPrivate?: boolean }) => but({ zones: { Z1: parts } });
const certificate = (parts: { Status?: string; DomainName?: string }) =>
  but({ certificates: { [arns.certificate]: parts } });
const certificateArn = (arn: string | undefined) => but({}, { domain: { certificateArn: arn } });

export const faultsOfDomain: Fault[] = [
  ['hosted-zone', 'zone_missing', 'there is no such zone', but({ zones: { Z1: undefined } })],
  ['hosted-zone', 'zone_has_other_name', 'the zone is another', zone({ name: 'example.org.' })],
  ['hosted-zone', 'zone_is_private', 'the zone is private', zone({ isPrivate: true })],
  [
    'hosted-zone',
    'record_exists',
    'the host has a record',
    both(undeployed, but({ zones: { Z1: { records: [{ name: 'chat.example.com.', type: 'CNAME' }] } } })),
  ],
  ['certificate', 'no_certificate', 'it is not set yet', certificateArn(undefined)],
  [
    'certificate',
    'certificate_of_other_account',
    'it is of another account',
    certificateArn('arn:aws:acm:us-east-1:210987654321:certificate/c'),
  ],
  ['certificate', 'certificate_missing', 'it was deleted', but({ certificates: { [arns.certificate]: undefined } })],
  ['certificate', 'certificate_not_issued', 'it was not validated', certificate({ Status: 'PENDING_VALIDATION' })],
  [
    'certificate',
    'certificate_for_other_name',
    'it is for hosts one level below',
    certificate({ DomainName: '*.chat.example.com' }),
  ],
];
