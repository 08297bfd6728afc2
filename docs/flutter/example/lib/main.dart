import 'package:flutter/material.dart';

import 'backend.dart';
import 'chats_page.dart';
import 'sign_in_page.dart';

Future<void> main() async {
  WidgetsFlutterBinding.ensureInitialized();
  await openSession();
  runApp(const ExampleApp());
}

class ExampleApp extends StatelessWidget {
  const ExampleApp({super.key});

  @override
  Widget build(BuildContext context) => MaterialApp(
    title: 'Group chat',
    navigatorKey: navigator,
    scaffoldMessengerKey: messenger,
    initialRoute: api.session.user == null ? '/sign-in' : '/chats',
    onGenerateInitialRoutes: (route) => [_routeOf(route)],
    onGenerateRoute: (settings) => _routeOf(settings.name),
  );

  Route<void> _routeOf(String? name) => MaterialPageRoute(
    settings: RouteSettings(name: name),
    builder: (context) => name == '/chats' ? const ChatsPage() : const SignInPage(),
  );
}
