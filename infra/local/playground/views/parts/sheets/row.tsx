import { Button } from '../controls.tsx';
import { Icon, type IconName } from '../icon.tsx';

interface WordsProps {
  label: string;
  /** Below the label. */
  hint?: string | undefined;
  /** What is set now, at the end of the row. */
  value?: string | undefined;
}

export const RowWords = ({ label, hint, value }: WordsProps) => (
  <>
    <span class="about">
      {label}
      {hint && <small>{hint}</small>}
    </span>{' '}
    {value !== undefined && <span class="value">{value}</span>}
  </>
);

export interface RowProps extends WordsProps {
  /** The sheet puts the focus back on this row when the user returns to it. */
  id?: string;
  icon: IconName;
  /** Something is lost by it. */
  isDangerous?: boolean;
  /** It leads to another part of the sheet. */
  leads?: boolean;
  onPress(): unknown;
}

/** Something that a sheet offers. */
export const Row = ({ icon, label, hint, value, isDangerous = false, leads = false, ...button }: RowProps) => (
  <Button class={isDangerous ? 'sheet-row risky' : 'sheet-row'} {...button}>
    <Icon name={icon} />
    <RowWords label={label} hint={hint} value={value} />
    {leads && <Icon name="forward" />}
  </Button>
);
