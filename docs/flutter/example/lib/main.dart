import 'package:flutter/material.dart';
import 'package:flutter_localizations/flutter_localizations.dart';

import 'backend.dart';
import 'chats_page.dart';
import 'sign_in_page.dart';
import 'start_page.dart';

void main() => runApp(const ExampleApp());

class ExampleApp extends StatelessWidget {
  const ExampleApp({super.key});

  @override
  Widget build(BuildContext context) => MaterialApp(
    title: words('Group chat', 'Групповой чат'),
    supportedLocales: const [Locale('en'), Locale('ru')],
    localizationsDelegates: GlobalMaterialLocalizations.delegates,
    navigatorKey: navigator,
    scaffoldMessengerKey: messenger,
    routes: {
      '/': (context) => const StartPage(),
      '/chats': (context) => const ChatsPage(),
      '/sign-in': (context) => const SignInPage(),
    },
  );
}
