import type { Texts } from '../../../texts/en/index.ts';
import { Icon } from '../../parts/icon.tsx';

/** Opens the menu of the message that it belongs to: `MessageMenus` hears it. */
export const ActionsButton = ({ texts }: { texts: Texts }) => (
  <button type="button" class="opens-actions" aria-label={texts.message.actions} aria-haspopup="dialog">
    <Icon name="more" />
  </button>
);
