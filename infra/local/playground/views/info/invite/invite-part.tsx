import { useState } from 'preact/hooks';
import { mayManage } from '../../../state/open/group-rights.ts';
import { useApp } from '../../context.ts';
import { whenText } from '../../day-text.ts';
import { askToConfirm } from '../../parts/sheets/dialog.tsx';
import { Section } from '../../parts/sheets/sheet.tsx';
import { InfoRow, Rows } from '../info-row.tsx';
import type { Info } from '../target.ts';
import { copyInvite, inviteLink } from './invite-link.ts';
import { askForInvite } from './renew-dialog.tsx';

/** The limits of the code that the user has just created: nothing tells those of others. */
interface Limits {
  code: string;
  expiresAt?: string | undefined;
  maxUses?: number | undefined;
}

/** The invite link of a group: everybody in it may send it, its owner and admins also replace it and turn it off. */
export function InvitePart({ open, store }: Info) {
  const app = useApp();
  const { api, texts, attempt, notify } = app;
  const { id, name, inviteCode: code } = open.chat;
  const [limits, setLimits] = useState<Limits>();
  const renew = () =>
    askForInvite({
      texts,
      create: async (wanted) => {
        const { inviteCode, ...rest } = await api.groups.renewInvite(id, wanted);
        // Nothing else tells the list.
        store.list.update(id, { inviteCode });
        setLimits({ code: inviteCode, ...rest });
        notify(({ info }) => info.renewed);
      },
    });
  const revoke = async () => {
    const { revokeQuestion: question, revoke: verb } = texts.info;
    if (!(await askToConfirm({ question, verb, texts, isDangerous: true }))) return;
    await attempt(async () => {
      await api.groups.revokeInvite(id);
      store.list.update(id, { inviteCode: undefined });
      notify(({ info }) => info.revoked);
    });
  };
  const share = (url: string) => navigator.share({ title: name, url }).catch(() => {});
  const { expiresAt, maxUses } = limits?.code === code ? { ...limits } : {};
  return (
    <>
      <Section>
        {code === undefined ? (
          <p class="info-note">{mayManage(open) ? texts.info.noInvite : texts.info.inviteByOthers}</p>
        ) : (
          <>
            <p class="invite-link">{inviteLink(code)}</p>
            <p class="info-note">
              {texts.info.inviteHint} {texts.info.codeIs(code)}{' '}
              {expiresAt !== undefined && texts.info.validUntil(whenText(new Date(expiresAt), texts))}{' '}
              {maxUses !== undefined && texts.info.uses(maxUses)}
            </p>
          </>
        )}
        <Rows>
          {code !== undefined && (
            <InfoRow icon="copy" label={texts.info.copyLink} onPress={() => copyInvite(code, app)} />
          )}
          {code !== undefined && 'share' in navigator && (
            <InfoRow icon="share" label={texts.info.share} onPress={() => share(inviteLink(code))} />
          )}
          {mayManage(open) && <InfoRow icon="renew" label={texts.info.renew} onPress={renew} />}
        </Rows>
      </Section>
      {mayManage(open) && code !== undefined && (
        <Section>
          <Rows>
            <InfoRow icon="block" label={texts.info.revoke} isDangerous onPress={revoke} />
          </Rows>
        </Section>
      )}
    </>
  );
}
