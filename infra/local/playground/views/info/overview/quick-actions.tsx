import type { Chat } from '#shared/contract/chats/chat.ts';
import { levelAt } from '../../../state/list/muting.ts';
import { mayWrite } from '../../../state/open/writing-rules.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { useApp } from '../../context.ts';
import { whenText } from '../../day-text.ts';
import { muteActions, placeActions } from '../../home/list/chat-actions.ts';
import { leaveSheet } from '../leave-sheet.ts';
import { QuickAction, QuickMenu } from '../quick-action.tsx';
import type { Info } from '../target.ts';

/** What is done most often with a chat. */
export function QuickActions({ open, store, onMeet, onSearch }: Info) {
  const app = useApp();
  const { texts } = app;
  const { chat } = open;
  const target = { chat, store, app };
  const now = Date.now();
  const isQuiet = levelAt(chat, now) !== 'all';
  const { mutedUntil } = chat.notifications ?? {};
  const ending = mutedUntil !== undefined && Date.parse(mutedUntil) > now ? new Date(mutedUntil) : undefined;
  return (
    <>
      <div class="quick-actions">
        <QuickMenu
          icon={isQuiet ? 'muted' : 'bell'}
          label={mutedText(chat, texts)}
          title={texts.info.notifications}
          target={target}
          actions={muteActions}
        />
        <QuickAction icon="search" label={texts.info.search} onPress={() => leaveSheet(onSearch)} />
        {mayWrite(open) && <QuickAction icon="video" label={texts.info.meet} onPress={() => leaveSheet(onMeet)} />}
        <QuickMenu
          icon="more"
          label={texts.info.more}
          title={texts.message.actions}
          target={target}
          actions={placeActions}
        />
      </div>
      {ending && <p class="info-note">{texts.info.mutedUntil(whenText(ending, texts))}</p>}
    </>
  );
}

function mutedText(chat: Chat, { info }: Texts): string {
  const level = levelAt(chat, Date.now());
  if (level === 'all') return info.mute;
  return level === 'mentions' ? info.onlyMentions : info.muted;
}
