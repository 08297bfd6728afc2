import 'package:dio/dio.dart';
import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

final navigator = GlobalKey<NavigatorState>();
final messenger = GlobalKey<ScaffoldMessengerState>();

/// The unsent messages of each chat, for as long as the user is signed in.
final outboxes = <String, Outbox>{};

late final ChatApi api;

Future<void> openSession() async {
  final session = await AuthSession.load();
  session.onEnd = () {
    outboxes.clear();
    navigator.currentState?.pushNamedAndRemoveUntil('/sign-in', (_) => false);
  };
  api = ChatApi(session);
}

/// The app's own words for codes that its users meet. Other problems show their English title.
const words = {
  'wrong_credentials': 'Wrong email or password.',
  'invite_not_found': 'This invite code does not work any more.',
  'too_many_requests': 'Too many requests. Try again later.',
  'unavailable': 'The server is overloaded or temporarily unavailable. Try again.',
};

void show(String text) => messenger.currentState?.showSnackBar(SnackBar(content: Text(text)));

/// Runs an action and shows why it failed. True if it succeeded.
Future<bool> attempt(Future<void> Function() action) async {
  try {
    await action();
    return true;
  } on ApiProblem catch (problem) {
    show(words[problem.code] ?? problem.title);
  } on DioException {
    show('There is no connection.');
  } on Exception catch (error) {
    show('$error');
  }
  return false;
}
