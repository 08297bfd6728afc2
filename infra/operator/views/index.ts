import type { AnswerTo, CommandName, Input } from '../commands.ts';
import { announced, audit, lock } from './others.ts';
import { erased, suspension, user } from './people.ts';
import { close, removed, report, reports } from './reports.ts';
import type { Look } from './text.ts';

type View<Name extends CommandName> = (answer: AnswerTo<Name>, look: Look, input: Input) => string[];

/** What each command shows to people. An export is written into a file instead. */
export const views: { [Name in Exclude<CommandName, 'export'>]: View<Name> } = {
  reports,
  report,
  close,
  'remove-message': removed,
  user,
  suspend: suspension,
  unsuspend: suspension,
  erase: erased,
  'lock-chat': lock,
  'unlock-chat': lock,
  announce: announced,
  audit,
};
