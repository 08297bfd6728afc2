import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** Which passwords users may choose. */
export class Passwords extends Construct {
  private readonly refuseCommon: boolean;

  constructor(scope: Construct, id: string, { refuseCommonPasswords }: Pick<Config, 'refuseCommonPasswords'>) {
    super(scope, id);
    this.refuseCommon = refuseCommonPasswords;
  }

  /** Tells a function that stores a new password whether to refuse common ones. */
  choose(): Grant {
    return { environment: { REFUSE_COMMON_PASSWORDS: String(this.refuseCommon) }, statements: [] };
  }
}
