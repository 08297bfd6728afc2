import { hasEnded, mayManage } from '../../../state/open/group-rights.ts';
import { rulesOf, type WritingRules } from '../../../state/open/writing-rules.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { openPanel } from '../../address.ts';
import { useApp } from '../../context.ts';
import { Section } from '../../parts/sheets/sheet.tsx';
import { InfoRow, Rows } from '../info-row.tsx';
import type { Info } from '../target.ts';
import { askForWriting } from './writing-dialog.tsx';

/** What is set in the chat, and what it has besides messages. */
export function ChatRows({ open }: Info) {
  const { api, texts } = useApp();
  const { chat } = open;
  const pinned = open.pins.messages.length;
  const hasInvite = chat.inviteCode !== undefined || mayManage(open);
  const showsInvite = chat.type === 'group' && hasInvite && !hasEnded(open);
  const rules = rulesOf(open);
  const setWriting = () =>
    askForWriting({
      rules,
      texts,
      save: ({ posting, slowModeSeconds }) => api.groups.update(chat.id, { posting, slowModeSeconds }),
    });
  const showsWriting = mayManage(open);
  if (pinned === 0 && !showsInvite && !showsWriting) return null;
  return (
    <Section>
      <Rows>
        {pinned > 0 && (
          <InfoRow
            id="info-pins"
            icon="pin"
            label={texts.info.pinned}
            hint={String(pinned)}
            leads
            onPress={() => openPanel('info/pins')}
          />
        )}
        {showsInvite && (
          <InfoRow
            id="info-invite"
            icon="link"
            label={texts.info.invite}
            hint={chat.inviteCode ?? texts.info.noInvite}
            leads
            onPress={() => openPanel('info/invite')}
          />
        )}
        {showsWriting && (
          <InfoRow
            id="info-writing"
            icon="pencil"
            label={texts.info.whoWrites}
            hint={rulesText(rules, texts)}
            onPress={setWriting}
          />
        )}
      </Rows>
    </Section>
  );
}

function rulesText({ posting, slowModeSeconds }: WritingRules, texts: Texts): string {
  const who = texts.info.postings[posting];
  return slowModeSeconds > 0 ? `${who}, ${texts.info.slow(texts.duration(slowModeSeconds))}` : who;
}
