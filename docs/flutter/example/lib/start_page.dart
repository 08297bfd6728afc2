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

  Future<void> start(Future<void> Function() open) async {
    try {
      await open();
    } on Exception {
      if (mounted) setState(() => failed = true);
      return;
    }
    if (api.session.wasLost) show('Your session could not be read. Sign in again.');
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
                const Text('The stored session cannot be read.'),
                FilledButton(onPressed: () => start(openSession), child: const Text('Try again')),
                TextButton(
                  onPressed: () => start(() => useSession(AuthSession.signedOut())),
                  child: const Text('Sign in anew'),
                ),
              ],
            )
          : const CircularProgressIndicator(),
    ),
  );
}
