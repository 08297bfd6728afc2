import type { Texts } from '../../texts/en/index.ts';
import { backToPanel, closePanel, usePanel } from '../address.ts';
import { useApp } from '../context.ts';
import { Sheet } from '../parts/sheets/sheet.tsx';
import { AddPart } from './add/add-part.tsx';
import { InvitePart } from './invite/invite-part.tsx';
import { MembersPart } from './members/members-part.tsx';
import { Overview } from './overview/overview.tsx';
import { PersonPart } from './person/person-part.tsx';
import { PinsPart } from './pins-part.tsx';
import type { Info } from './target.ts';

/** The sheet about the open chat, its members and other people, while the address names it. */
export function ChatInfo(info: Info) {
  const { texts } = useApp();
  const panel = usePanel();
  const [root, part, id] = panel?.split('/') ?? [];
  if (panel === undefined || root !== 'info') return null;
  const isGroup = info.open.chat.type === 'group';
  return (
    <Sheet
      title={titleOf(part, isGroup, texts)}
      place="side"
      part={panel}
      onBack={part === undefined ? undefined : () => backToPanel('info')}
      onClose={closePanel}
    >
      <Part {...info} part={part} id={id} />
    </Sheet>
  );
}

function Part({ part, id, ...info }: Info & { part: string | undefined; id: string | undefined }) {
  const isGroup = info.open.chat.type === 'group';
  if (part === 'person' && id !== undefined) return <PersonPart key={id} {...info} personId={id} />;
  if (part === 'pins') return <PinsPart {...info} />;
  if (part === 'members' && isGroup) return <MembersPart {...info} />;
  if (part === 'add' && isGroup) return <AddPart {...info} />;
  if (part === 'invite' && isGroup) return <InvitePart {...info} />;
  return <Overview {...info} />;
}

function titleOf(part: string | undefined, isGroup: boolean, { info }: Texts): string {
  if (part === 'person') return info.person;
  if (part === 'pins') return info.pinned;
  if (part === 'members') return info.allPeople;
  if (part === 'add') return info.add;
  if (part === 'invite') return info.invite;
  return isGroup ? info.group : info.direct;
}
