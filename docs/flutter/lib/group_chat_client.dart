/// Client of the group chat backend: [ChatApi] for REST, [Inbox] for the connection, [ChatList] for the list of chats,
/// [ChatRealtime] for an open chat.
library;

export 'src/app_config.dart';
export 'src/files/attachment_kind.dart';
export 'src/files/file_types.dart';
export 'src/files/local_file.dart';
export 'src/files/local_thumbnail.dart';
export 'src/files/uploader.dart';
export 'src/inbox/chat_list.dart';
export 'src/inbox/inbox.dart';
export 'src/inbox/listed_chat.dart';
export 'src/inbox/presence_watch.dart';
export 'src/inbox/typing.dart';
export 'src/new_id.dart';
export 'src/realtime/chat_realtime.dart';
export 'src/realtime/deletions.dart';
export 'src/realtime/message_draft.dart';
export 'src/realtime/message_length.dart';
export 'src/realtime/outbox.dart';
export 'src/realtime/reader.dart';
export 'src/realtime/text_store.dart' show TextStore;
export 'src/realtime/unsent.dart';
export 'src/rest/api_problem.dart';
export 'src/rest/chat_api.dart';
export 'src/rest/google_link.dart';
export 'src/rest/json.dart' show Json;
export 'src/rest/models.dart';
export 'src/rest/refusal.dart';
export 'src/rest/session.dart';
export 'src/search/all_chats_search.dart';
export 'src/search/message_search.dart';
export 'src/texts/english.dart';
export 'src/texts/russian.dart';
export 'src/texts/texts.dart';
