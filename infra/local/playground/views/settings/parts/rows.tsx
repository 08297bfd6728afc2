import type { ComponentChildren } from 'preact';
import { openPanel } from '../../address.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon, type IconName } from '../../parts/icon.tsx';

interface RowProps {
  icon: IconName;
  label: string;
  hint?: string | undefined;
  /** What is chosen now. */
  value?: string | undefined;
  /** It ends or deletes something. */
  isDangerous?: boolean;
}

const Words = ({ label, hint, value }: Pick<RowProps, 'label' | 'hint' | 'value'>) => (
  <>
    <span class="words">
      {label}
      {hint !== undefined && <small>{hint}</small>}
    </span>{' '}
    {value !== undefined && <span class="value">{value}</span>}
  </>
);

interface OpeningRowProps extends RowProps {
  panel: string;
}

/** A row that opens a sheet, or a part of the one that is open: see `openPanel`. */
export const OpeningRow = ({ icon, panel, isDangerous = false, ...words }: OpeningRowProps) => (
  <button
    type="button"
    class={`setting ${isDangerous ? 'risky' : ''}`}
    id={`to-${panel}`}
    onClick={() => openPanel(panel)}
  >
    <Icon name={icon} />
    <Words {...words} />
    <Icon name="forward" />
  </button>
);

interface ActingRowProps extends RowProps {
  onPress(): unknown;
}

/** A row that does something at once. */
export const ActingRow = ({ icon, onPress, isDangerous = false, ...words }: ActingRowProps) => (
  <Button class={`setting ${isDangerous ? 'risky' : ''}`} onPress={onPress}>
    <Icon name={icon} />
    <Words {...words} />
  </Button>
);

interface SwitchRowProps extends RowProps {
  isOn: boolean;
  onPress(): unknown;
}

export const SwitchRow = ({ icon, isOn, onPress, ...words }: SwitchRowProps) => (
  <Button class="setting" role="switch" aria-checked={isOn} onPress={onPress}>
    <Icon name={icon} />
    <Words {...words} />
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
        <label key={option} class="setting">
          <input type="radio" name={title} checked={option === value} onChange={() => onChoose(option)} />
          <span class="words">{options[option]}</span>
        </label>
      ))}
      {hint !== undefined && <p class="hint">{hint}</p>}
    </fieldset>
  );
}

/** Explains the controls above or below it. */
export const Hint = ({ children }: { children: ComponentChildren }) => <p class="hint">{children}</p>;
