import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// Posts a Google Meet link into the chat. Links the user's Google account first if that is needed.
Future<void> createMeeting(String chatId) async {
  try {
    await api.createMeeting(chatId: chatId);
  } on ApiProblem catch (problem) {
    if (!const {'google_not_linked', 'google_link_expired'}.contains(problem.code)) rethrow;
    await GoogleLink(api).link();
    await api.createMeeting(chatId: chatId);
  }
}
