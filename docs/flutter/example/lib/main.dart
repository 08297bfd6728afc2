import 'package:flutter/material.dart';

import 'backend.dart';
import 'chats_page.dart';
import 'sign_in_page.dart';
import 'start_page.dart';

void main() => runApp(const ExampleApp());

class ExampleApp extends StatelessWidget {
  const ExampleApp({super.key});

  @override
  Widget build(BuildContext context) => MaterialApp(
    title: 'Group chat',
    navigatorKey: navigator,
    scaffoldMessengerKey: messenger,
    routes: {
      '/': (context) => const StartPage(),
      '/chats': (context) => const ChatsPage(),
      '/sign-in': (context) => const SignInPage(),
    },
  );
}
