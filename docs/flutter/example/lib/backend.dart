import 'dart:async';

import 'package:dio/dio.dart';
import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:group_chat_files/group_chat_files.dart';

import 'preferences.dart';

final navigator = GlobalKey<NavigatorState>();
final messenger = GlobalKey<ScaffoldMessengerState>();

late ChatApi api;

/// The files of what the user has written and not sent yet.
late FileFolder folder;

/// What the user has written and not sent yet.
late Unsent unsent;

/// The connection for all chats, the list of chats, and the people typing in them.
late Inbox inbox;
late ChatList chats;
late Typing typing;

Future<void> openSession() async => useSession(await AuthSession.load());

Future<void> useSession(AuthSession session) async {
  session.onEnd = ({required loggedOut}) {
    if (loggedOut) {
      unsent.forget();
      unawaited(folder.delete());
    } else {
      unsent.stop();
    }
    closeInbox();
    navigator.currentState?.pushNamedAndRemoveUntil('/sign-in', (_) => false);
  };
  api = ChatApi(session);
  if (session.user != null) await openInbox();
}

/// After each start with a session, and after each login.
Future<void> openInbox() async {
  folder = await FileFolder.open(api.session.user!.id);
  unsent = await Unsent.load(api, Preferences(), folder: folder.path);
  unawaited(folder.clean(unsent));
  inbox = Inbox(api);
  chats = ChatList(api, inbox);
  typing = Typing(inbox);
  inbox.start();
}

void closeInbox() {
  typing.dispose();
  chats.dispose();
  inbox.dispose();
}

/// Closes a page, unless the user has left it: it is mounted until it has slid away, and a `pop` would close the one below.
void closePage(BuildContext context) {
  if (ModalRoute.of(context)?.isCurrent ?? true) Navigator.of(context).pop();
}

/// The language of the phone.
bool get isRussian => WidgetsBinding.instance.platformDispatcher.locale.languageCode == 'ru';

/// Words for what the backend says in codes.
Texts get texts => isRussian ? russianTexts : englishTexts;

/// The app's own words.
String words(String english, String russian) => isRussian ? russian : english;

void show(String text) => messenger.currentState?.showSnackBar(SnackBar(content: Text(text)));

/// Why the backend refused, and how long to wait, for example in slow mode.
String reason(Refusal refusal) {
  final wait = refusal.retryAfter;
  return wait == null ? texts.refusal(refusal) : '${texts.refusal(refusal)} (${wait.inSeconds} ${words('s', 'с')})';
}

/// Runs an action and says why it failed: a form gets its invalid fields, anything else is shown. True if it succeeded.
Future<bool> attempt(Future<void> Function() action, {void Function(Map<String, FieldError> fields)? onFields}) async {
  try {
    await action();
    return true;
  } on ApiProblem catch (problem) {
    if (problem.code == 'invalid_input' && onFields != null) {
      onFields(problem.fields);
    } else {
      show(reason(problem));
    }
  } on DioException {
    show(texts.refusal(const Refusal('no_answer')));
  } on Exception catch (error) {
    show('$error');
  }
  return false;
}
