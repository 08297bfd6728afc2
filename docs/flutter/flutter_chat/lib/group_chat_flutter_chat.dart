/// Shows the messages of `group_chat_client` in flutter_chat_ui. The guide has a table of the fields.
library;

export 'src/messages.dart';
export 'src/show_messages.dart';
