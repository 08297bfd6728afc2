import { useApp } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';
import { Row } from '../../parts/sheets/row.tsx';
import { Section } from '../../parts/sheets/sheet.tsx';
import { OpeningRow } from '../parts/rows.tsx';
import { useExport } from './use-export.ts';

/** The user's data, as a file of their own. */
export function Data() {
  const { settings } = useApp().texts;
  const { progress, begin, stop } = useExport();
  const isRunning = progress?.isDone === false;
  return (
    <>
      <Section>
        <Row icon="download" label={settings.exportData} hint={settings.exportHint} onPress={begin} />
        <div class="progress">
          <p role="status">{progress && settings[progress.isDone ? 'exported' : 'exporting'](progress.messages)}</p>
          {isRunning && <Button onPress={stop}>{settings.stop}</Button>}
        </div>
      </Section>
      <Section>
        <OpeningRow icon="bin" label={settings.deleteAccount} isDangerous panel="settings/data/delete" />
      </Section>
    </>
  );
}
