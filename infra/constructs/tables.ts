import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, type ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Grant } from './endpoint-function.ts';

/** The IAM action of each thing a function does to a table; a transaction counts as the actions it is made of. */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem';

/** A table of the stack, or one that is only known by name. */
export type Table = Pick<ITableV2, 'tableName' | 'tableArn' | 'metric'>;

/**
 * The two tables: Chat for everything that must last, Connections for open sockets. DynamoDB encrypts both with a key
 * that AWS owns; one of ours would be paid for by the request, and whoever may read the tables would have to get it too.
 */
export class Tables extends Construct {
  readonly chatTable: Table;
  readonly connectionsTable: Table;

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
      // After a first deployment that failed, too: who is to delete it there would stumble over its protection.
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.chatTable = restoredTable ? TableV2.fromTableName(this, 'Restored', restoredTable) : own;
    this.connectionsTable = new TableV2(this, 'Connections', { ...layout, removalPolicy: RemovalPolicy.DESTROY });
  }

  /** Lets a function do these things to the Chat table, and tells it the table's name. */
  chat(...actions: TableAction[]): Grant {
    return grantOf(this.chatTable, 'CHAT_TABLE', actions);
  }

  /** The same for the Connections table. */
  connections(...actions: TableAction[]): Grant {
    return grantOf(this.connectionsTable, 'CONNECTIONS_TABLE', actions);
  }
}

function grantOf(table: Table, variable: string, actions: TableAction[]): Grant {
  const dynamodb = actions.map((action) => `dynamodb:${action}`);
  return {
    environment: { [variable]: table.tableName },
    statements: dynamodb.length > 0 ? [new PolicyStatement({ actions: dynamodb, resources: [table.tableArn] })] : [],
  };
}
