import type { listSessions } from '#shared/contract/auth/list-sessions.ts';
import type { ResponseOf } from '#shared/contract/endpoint.ts';
import type { Api } from '../../../client/rest/api.ts';
import { ApiProblem } from '../../../client/rest/api-problem.ts';
import { useApp } from '../../context.ts';
import { lastSeenAt } from '../../day-text.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';
import { askToConfirm } from '../../parts/sheets/dialog.tsx';
import { Row } from '../../parts/sheets/row.tsx';
import { focusSheet, Section } from '../../parts/sheets/sheet.tsx';
import type { PartProps } from '../part-props.ts';
import { Hint } from '../parts/rows.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useLoaded } from '../use-loaded.ts';
import { useSignOut } from '../use-sign-out.ts';
import { deviceOf } from './device-name.ts';

type Session = ResponseOf<typeof listSessions>['sessions'][number];

/** Where the user is signed in. */
export function Devices({ store }: PartProps) {
  const { api, texts, attempt, notify } = useApp();
  const { settings } = texts;
  const { answer, failed, load } = useLoaded(api.account.listSessions);
  const { signOutEverywhere } = useSignOut(store);
  if (!answer) return <Waiting failed={failed} load={load} />;
  const others = answer.sessions.filter(({ current }) => !current);

  const end = async ({ id, device }: Session) => {
    const question = settings.askEnd(deviceOf(device).name);
    if (!(await askToConfirm({ question, verb: settings.end, texts }))) return;
    await attempt(async () => {
      await endSession(api, id);
      await load();
      focusSheet();
      notify((words) => words.settings.sessionEnded);
    });
  };
  const endOthers = async () => {
    const question = settings.askEndOthers(others.length);
    if (!(await askToConfirm({ question, verb: settings.end, texts }))) return;
    await attempt(async () => {
      for (const { id } of others) await endSession(api, id);
      await load();
      focusSheet();
      notify((words) => words.settings.othersEnded);
    });
  };
  return (
    <>
      <Section title={settings.thisDevice}>
        {answer.sessions
          .filter(({ current }) => current)
          .map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        {others.length > 0 && <Row icon="leave" label={settings.endOthers} isDangerous onPress={endOthers} />}
      </Section>
      <Section title={settings.otherDevices}>
        {others.length === 0 && <Hint>{settings.noOtherDevices}</Hint>}
        {others.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => end(session)} />
        ))}
      </Section>
      <Section>
        <Row icon="leave" label={settings.endAll} isDangerous onPress={signOutEverywhere} />
      </Section>
    </>
  );
}

/** It may have ended by itself meanwhile. */
async function endSession(api: Api, id: string): Promise<void> {
  try {
    await api.account.endSession(id);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'session_not_found') throw error;
  }
}

function SessionRow({ session, onEnd }: { session: Session; onEnd?: () => unknown }) {
  const { texts } = useApp();
  const { settings } = texts;
  const { name, isPhone } = deviceOf(session.device);
  const active = session.current
    ? texts.people.online
    : settings.activeAt(lastSeenAt(new Date(session.lastUsedAt), Date.now(), texts));
  const since = settings.signedInOn(texts.date(new Date(session.createdAt)));
  return (
    <div class="sheet-row">
      <Icon name={isPhone ? 'smartphone' : 'computer'} />
      <span class="about">
        {name}
        <small>
          {active}, {since}
        </small>
      </span>
      {onEnd && (
        <Button aria-label={settings.endSession(name)} onPress={onEnd}>
          {settings.end}
        </Button>
      )}
    </div>
  );
}
