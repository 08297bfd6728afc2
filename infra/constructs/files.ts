import { Annotations, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Edge } from './edge.ts';
import { type Grant, timeout } from './endpoint-function.ts';
import { FilesAtEdge } from './files-at-edge.ts';
import type { Keys } from './keys.ts';

export interface FilesProps extends Pick<Config, 'keepData'> {
  limits: Exclude<Config['files'], false>;
  edge: Edge;
  keys: Keys;
}

const bytes = (megabytes: number) => String(megabytes * 1_000_000);

/**
 * Attached files, avatars and group pictures. Clients upload to `uploads/` in a private bucket, a function copies the upload
 * to its final key, and CloudFront serves it below /files/. A queue holds what the function `delete-files` looks after.
 */
export class Files extends Construct {
  readonly bucket: IBucket;
  readonly queue: Queue;
  /** The events that `delete-files` failed on several times. */
  readonly deadLetters: Queue;
  private readonly props: FilesProps;

  constructor(scope: Construct, id: string, props: FilesProps) {
    super(scope, id);
    this.props = props;
    this.bucket = this.createBucket(props);
    const secured = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...secured, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...secured,
      // AWS's advice: six times the function's timeout, so that nothing is received twice while it is being retried.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    const { behavior } = new FilesAtEdge(this, 'AtEdge', this.bucket, props.keys.fileKeys());
    const { distribution } = props.edge;
    distribution.addBehavior('/files/*', behavior.origin, behavior);
    Annotations.of(distribution).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      'The edge function passes on nothing but the keys of objects, so no request lists the bucket.',
    );
  }

  /** Lets a function presign uploads, and tells it the limits. */
  upload(): Grant {
    const { maxImageMb, maxFileMb, dailyMb } = this.props.limits;
    return {
      environment: {
        ...this.bucketVariables(),
        MAX_IMAGE_BYTES: bytes(maxImageMb),
        MAX_FILE_BYTES: bytes(maxFileMb),
        DAILY_FILE_BYTES: bytes(dailyMb),
      },
      statements: [this.mayUse('PutObject', 'uploads')],
    };
  }

  /** Lets a function check uploads and copy them to the final keys of chats or users. */
  attach(prefix: 'chats' | 'users'): Grant {
    return {
      environment: { ...this.bucketVariables(), ...this.queueUrl() },
      statements: [this.mayUse('GetObject', 'uploads'), this.mayUse('PutObject', prefix), this.may('SendMessage')],
    };
  }

  /** Lets a function have objects deleted. */
  erase(): Grant {
    return { environment: this.queueUrl(), statements: [this.may('SendMessage')] };
  }

  /** Lets a function sign URLs. The edge must have a new key first. */
  show(): Grant {
    const { edge, keys } = this.props;
    return {
      environment: { FILES_URL: `https://${edge.host}/files`, ...keys.signFileUrls() },
      statements: [],
      after: edge.distribution,
    };
  }

  /** Lets a function delete objects, and Lambda read from the queue with the function's role. */
  work(): Grant {
    return {
      environment: this.bucketVariables(),
      statements: [
        this.mayUse('DeleteObject', 'chats', 'users'),
        // Without it S3 answers a request for a missing object with 403.
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }),
        this.may('ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'),
      ],
    };
  }

  /** Invokes the function with batches of events. Only the events that it fails on are received again. */
  workOff(lambda: LambdaFunction): void {
    new EventSourceMapping(this, 'Source', {
      target: lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    });
  }

  private createBucket({ keepData }: FilesProps): IBucket {
    const aDay = Duration.days(1);
    // Without `as` TypeScript objects to the optional properties of CDK's own class.
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      cors: [
        {
          allowedMethods: [HttpMethods.PUT],
          allowedOrigins: ['*'],
          allowedHeaders: ['content-type', 'if-none-match'],
          exposedHeaders: ['etag'],
          maxAge: 3600,
        },
      ],
      lifecycleRules: [
        { id: 'unused-uploads', prefix: 'uploads/', expiration: aDay },
        { id: 'broken-off-uploads', abortIncompleteMultipartUploadAfter: aDay },
      ],
      // CDK could empty the bucket only with a function and a role of its own in the stack: docs/operate.md.
      removalPolicy: keepData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    }) as IBucket;
    // A key is written once: what was checked is what is copied. This also rules out uploads in parts.
    bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('uploads/*')],
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
    return bucket;
  }

  private bucketVariables(): Record<string, string> {
    const { region, urlSuffix } = Stack.of(this);
    const { bucketName } = this.bucket;
    return { FILES_BUCKET: bucketName, FILES_BUCKET_URL: `https://${bucketName}.s3.${region}.${urlSuffix}` };
  }

  private queueUrl(): Record<string, string> {
    return { FILES_QUEUE: this.queue.queueUrl };
  }

  private mayUse(action: 'GetObject' | 'PutObject' | 'DeleteObject', ...prefixes: string[]): PolicyStatement {
    const resources = prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}/*`));
    return new PolicyStatement({ actions: [`s3:${action}`], resources });
  }

  private may(...actions: string[]): PolicyStatement {
    return new PolicyStatement({ actions: actions.map((action) => `sqs:${action}`), resources: [this.queue.queueArn] });
  }
}
