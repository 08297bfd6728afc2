import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// Opens the stored session. If the secure storage cannot be read, the user decides: try again, or sign in anew.
class StartPage extends StatefulWidget {
  const StartPage({super.key});

  @override
  State<StartPage> createState() => _StartPageState();
}

class _StartPageState extends State<StartPage> {
  bool failed = false;

  @override
  void initState() {
    super.initState();
    unawaited(start(openSession));
  }

  /// The buttons are gone until it fails again: two sessions would open two inboxes.
  void retry(Future<void> Function() open) {
    setState(() => failed = false);
    unawaited(start(open));
  }

  Future<void> start(Future<void> Function() open) async {
    try {
      await open();
    } on Exception {
      if (mounted) setState(() => failed = true);
      return;
    }
    if (api.session.wasLost) {
      show(
        words('Your session could not be read. Sign in again.', 'Не удалось прочитать данные входа. Войдите снова.'),
      );
    }
    final route = api.session.user == null ? '/sign-in' : '/chats';
    unawaited(navigator.currentState?.pushReplacementNamed(route));
  }

  @override
  Widget build(BuildContext context) => Scaffold(
    body: Center(
      child: failed
          ? Column(
              mainAxisSize: MainAxisSize.min,
              children: [
                Text(words('The stored session cannot be read.', 'Не удалось прочитать сохранённый вход.')),
                FilledButton(onPressed: () => retry(openSession), child: Text(words('Try again', 'Повторить'))),
                TextButton(
                  onPressed: () => retry(() => useSession(AuthSession.signedOut())),
                  child: Text(words('Sign in anew', 'Войти заново')),
                ),
              ],
            )
          : const CircularProgressIndicator(),
    ),
  );
}
