/// Push notifications for `group_chat_client`: create one [ChatPush].
library;

export 'src/chat_push.dart';
export 'src/push_data.dart';
