import { mayRemove, maySetRoles } from '../../../state/open/group-rights.ts';
import type { Member, Role } from '../../../state/open/membership.ts';
import { isolated } from '../../../texts/fill.ts';
import { backToPanel, fromHere } from '../../address.ts';
import { useApp } from '../../context.ts';
import { askToConfirm } from '../../parts/sheets/dialog.tsx';
import { Section } from '../../parts/sheets/sheet.tsx';
import { InfoRow, Rows } from '../info-row.tsx';
import type { Info } from '../target.ts';

/** What the user may do with a member of the group: the owner changes roles, those who lead it remove those below them. */
export function RoleRows({ open, person }: Info & { person: Member }) {
  const { api, texts, attempt } = useApp();
  const { info } = texts;
  const { id } = open.chat;
  const name = isolated(person.name);
  const setRole = (role: Role) => attempt(() => api.groups.setRole(id, person.id, role));
  const confirmed = (question: string, verb: string) => askToConfirm({ question, verb, texts, isDangerous: true });
  const handOver = async () => {
    if (await confirmed(info.makeOwnerQuestion(name), info.makeOwner)) await setRole('owner');
  };
  const remove = async () => {
    if (!(await confirmed(info.removeQuestion(name), info.removeVerb))) return;
    const thenGo = fromHere();
    if (await attempt(() => api.groups.removeMember(id, person.id))) thenGo(() => backToPanel('info'));
  };
  const maySet = maySetRoles(open);
  if (!maySet && !mayRemove(open, person)) return null;
  return (
    <Section>
      <Rows>
        {maySet && person.role === 'member' && (
          <InfoRow icon="admin" label={info.makeAdmin} onPress={() => setRole('admin')} />
        )}
        {maySet && person.role === 'admin' && (
          <InfoRow icon="person" label={info.makeMember} onPress={() => setRole('member')} />
        )}
        {maySet && <InfoRow icon="owner" label={info.makeOwner} onPress={handOver} />}
        {mayRemove(open, person) && <InfoRow icon="person-remove" label={info.remove} isDangerous onPress={remove} />}
      </Rows>
    </Section>
  );
}
