import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, type ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** The IAM actions on a table. A transaction needs the actions of its parts. */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem';

/** A table of the stack, or a restored one that is known only by its name. */
export type Table = Pick<ITableV2, 'tableName' | 'tableArn' | 'metric'>;

/**
 * The three tables: Chat for everything durable, Connections for open sockets, Control for what functions only read. DynamoDB
 * encrypts them with a key of AWS. A KMS key of our own would cost money per request and need a grant in every function.
 */
export class Tables extends Construct {
  readonly chatTable: Table;
  readonly connectionsTable: Table;
  /** The public keys. A table of its own, so that a function that may write elsewhere can't add a key. */
  readonly controlTable: Table;

  constructor(scope: Construct, id: string, { keepData, restoredTable }: Pick<Config, 'keepData' | 'restoredTable'>) {
    super(scope, id);
    const layout = {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billing: Billing.onDemand(),
    };
    const own = new TableV2(this, 'Chat', {
      ...layout,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: keepData,
      // Also when the first deployment fails: CloudFormation could not delete a table with deletion protection.
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.chatTable = restoredTable ? TableV2.fromTableName(this, 'Restored', restoredTable) : own;
    const removalPolicy = RemovalPolicy.DESTROY;
    this.connectionsTable = new TableV2(this, 'Connections', { ...layout, removalPolicy });
    this.controlTable = new TableV2(this, 'Control', { ...layout, removalPolicy });
  }

  /** Lets a function do these actions on the Chat table. Without actions it only gets the table's name. */
  chat(...actions: TableAction[]): Grant {
    return grantOf(this.chatTable, 'CHAT_TABLE', actions);
  }

  /** Lets a function do these actions on the Connections table. */
  connections(...actions: TableAction[]): Grant {
    return grantOf(this.connectionsTable, 'CONNECTIONS_TABLE', actions);
  }

  /** Lets a function do these actions on the Control table. */
  control(...actions: TableAction[]): Grant {
    return grantOf(this.controlTable, 'CONTROL_TABLE', actions);
  }
}

function grantOf(table: Table, variable: string, actions: TableAction[]): Grant {
  const dynamodb = actions.map((action) => `dynamodb:${action}`);
  return {
    environment: { [variable]: table.tableName },
    statements: dynamodb.length > 0 ? [new PolicyStatement({ actions: dynamodb, resources: [table.tableArn] })] : [],
  };
}
