import type { ComponentChildren } from 'preact';
import { openPanel } from '../../address.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { Row, type RowProps, RowWords } from '../../parts/sheets/row.tsx';

/** A row that opens a sheet, or a part of the one that is open: see `openPanel`. */
export const OpeningRow = ({ panel, ...row }: Omit<RowProps, 'id' | 'leads' | 'onPress'> & { panel: string }) => (
  <Row {...row} id={`to-${panel}`} leads onPress={() => openPanel(panel)} />
);

interface SwitchRowProps {
  icon: IconName;
  label: string;
  hint?: string;
  isOn: boolean;
  onPress(): unknown;
}

export const SwitchRow = ({ icon, isOn, onPress, ...words }: SwitchRowProps) => (
  <Button class="sheet-row" role="switch" aria-checked={isOn} onPress={onPress}>
    <Icon name={icon} />
    <RowWords {...words} />
    <span class="switch" />
  </Button>
);

interface ChoicesProps<Value extends string> {
  title: string;
  hint?: string;
  value: Value;
  /** In their order, each with its words. */
  options: Readonly<Record<Value, string>>;
  onChoose(value: Value): unknown;
}

/** A list of which the user chooses one, at once. */
export function Choices<Value extends string>({ title, hint, value, options, onChoose }: ChoicesProps<Value>) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {(Object.keys(options) as Value[]).map((option) => (
        <label key={option} class="sheet-row">
          <input type="radio" name={title} checked={option === value} onChange={() => onChoose(option)} />
          <span class="about">{options[option]}</span>
        </label>
      ))}
      {hint !== undefined && <p class="hint">{hint}</p>}
    </fieldset>
  );
}

/** Explains the controls above or below it. */
export const Hint = ({ children }: { children: ComponentChildren }) => <p class="hint">{children}</p>;
