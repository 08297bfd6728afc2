import type { Texts } from '../../../texts/en/index.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';

/** What has become of a message of the user's own. */
export type Delivery = 'waiting' | 'sending' | 'sent' | 'read';

const icons: Record<Delivery, IconName> = { waiting: 'clock', sending: 'clock', sent: 'check', read: 'read' };

/** A clock, one tick or two, with words for those who do not see them. */
export const DeliveryMark = ({ delivery, texts }: { delivery: Delivery; texts: Texts }) => (
  <span class={`delivery ${delivery}`} title={texts.delivery[delivery]}>
    <Icon name={icons[delivery]} />
    <span class="unseen">{texts.delivery[delivery]}</span>
  </span>
);
