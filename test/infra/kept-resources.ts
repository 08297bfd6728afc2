interface KeptResource {
  /** What an update loses that replaces it. */
  loss: string;
  /** Its properties that CloudFormation cannot change without replacing it. */
  fixed: object;
}

const ofTable = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};

/** The resources that hold what can't be made again, by logical id. */
export const keptResources: Record<string, KeptResource> = {
  TablesChat825E6BB9: {
    loss: 'every account, chat and message (the table stays, but the stack uses a new, empty one)',
    fixed: ofTable,
  },
  TablesConnectionsF6D675B1: { loss: 'the list of open sockets, which get no message then', fixed: ofTable },
  TablesControlDF2E6BDD: { loss: 'the public keys: every session ends', fixed: ofTable },
  KeysTokenKey76CF97D7: { loss: 'the key that signs tokens: every session ends', fixed: {} },
  KeysCodeKey1D1F5510B: { loss: 'the one-time codes that were sent', fixed: {} },
  KeysEdgeKey19A5DB729: {
    loss: "the clients' addresses while the edge and the functions have different keys",
    fixed: {},
  },
  KeysFilesKey15094780D: { loss: 'the URLs of files that clients have, until they get the messages again', fixed: {} },
  FilesBucket7C17EE2E: { loss: 'every file (the bucket stays, but the stack uses a new, empty one)', fixed: {} },
  FilesQueueA4BC72F9: { loss: 'the list of objects to delete, which then stay for good', fixed: {} },
  FilesDeadLetters309A4A8B: { loss: 'the list of objects that could not be deleted', fixed: {} },
  OperatorSecret63112C0F: { loss: 'the credentials of OpenAI and Google', fixed: {} },
  GoogleKey5B0B025D: { loss: 'the Google accounts that users linked', fixed: {} },
  RestApi135E9C73: { loss: 'the URL of the REST API', fixed: { ProtocolType: 'HTTP' } },
  RestApiStageF6EA52F1: {
    loss: 'the REST API while it has no stage',
    fixed: { ApiId: { Ref: 'RestApi135E9C73' }, StageName: '$default' },
  },
  RestApiLogsDA818951: { loss: 'the access log', fixed: {} },
  SocketApi9DED0CBC: {
    loss: 'the URL of the WebSocket API, and every open socket',
    fixed: { ProtocolType: 'WEBSOCKET' },
  },
  SocketApiStage5E71A516: {
    loss: 'every open socket',
    fixed: { ApiId: { Ref: 'SocketApi9DED0CBC' }, StageName: 'live' },
  },
  EdgeDistribution0060737B: { loss: 'the host name that the app uses', fixed: {} },
  DeliveryDeadLettersA8B3558F: { loss: 'the deliveries that failed', fixed: {} },
  Logs6819BB44: {
    loss: 'the log of the functions; and the deployment fails, because the name of the new log group is taken',
    fixed: { LogGroupName: 'chat-test' },
  },
  deliverLambdaDE05923E: {
    loss: 'nothing, but the deployment fails, because the name of the new function is taken',
    fixed: { FunctionName: 'chat-test-deliver' },
  },
  erasereactionsLambdaDC76B13D: {
    loss: 'nothing, but the deployment fails, because the name of the new function is taken',
    fixed: { FunctionName: 'chat-test-erase-reactions' },
  },
  WatchTopicCF679174: { loss: 'the subscriptions to the alarms that were made by hand', fixed: {} },
  WatchTopicKey174BC790: { loss: 'the notifications that are on their way', fixed: {} },
  WatchDashboard1DBDE282: {
    loss: 'nothing, but the deployment fails, because the name of the new dashboard is taken',
    fixed: { DashboardName: { 'Fn::Join': ['', ['chat-test-', { Ref: 'AWS::Region' }]] } },
  },
};
